import type { Party } from './checker.ts';
import { authorise, insist } from './people.ts';
import { listenedTo, rest, settled } from './settle.ts';
import { type Account, accounts } from './vendor.ts';
import type { World } from './world.ts';

/** The second company's customer links the books of the first instead, by choice, and then their own ones again. */
export async function changedAndBack(world: World, parties: Party[]): Promise<string[]> {
  const wrong = await changed(world, parties, accounts[0]);
  // Its process dies before the new connection is there, and its customer closes the browser: the worker goes on.
  world.plan.script('oauth attempts.insert', {
    fn: 'oauth',
    at: 'connections.insert',
    moment: 'before',
    nth: 1,
  });
  return [...wrong, ...(await changed(world, parties, accounts[1])), ...(await listenedTo(world, parties))];
}

async function changed(world: World, parties: Party[], account: Account): Promise<string[]> {
  const former = parties[1];
  if (former === undefined) return [];
  const { companyId, connectionId } = former.ref;
  const path = `/companies/${companyId}/connections/${connectionId}/businessChange`;
  await insist(world, { method: 'PUT', path, body: { allowed: true } }, [200]);
  const ref = await authorise(world, former.ref, account);
  parties[1] = { ref, account };
  const wrong = await settled(world, parties);
  await rest(world, [former]);
  const left = await world.connection(former.ref);
  if (left?.state !== 'Unlinked' || left.replacedBy !== ref.connectionId)
    wrong.push(`T17 the connection before is ${left?.state}, and ${left?.replacedBy} is in its place`);
  if (left?.grantId !== undefined) wrong.push('I8 the connection before still stands on its grant');
  return wrong;
}
