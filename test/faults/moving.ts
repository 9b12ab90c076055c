import * as z from 'zod';
import { lostOnTheWay, type Party } from './checker.ts';
import { authorise, bodyOf, call, GaveUp, insist } from './people.ts';
import { rest, settled } from './settle.ts';
import type { World } from './world.ts';

const Exported = z.object({ authorization: z.object({ refreshToken: z.string(), clientId: z.string() }) });
const hour = 3600;
/** So often a renewal that is not settled may be in the way. */
const most = 6;

/** Another system is given the consent, renews it over there, and gives it back; it is never alive in both. */
export async function movedAndBack(world: World, parties: Party[]): Promise<string[]> {
  const held = await handedOver(world, parties);
  const shown = world.vendor.presented.length;
  world.jump(7 * hour);
  await rest(world, parties);
  const wrong =
    world.vendor.presented.length > shown ? ['I3 a consent was renewed after it was handed over'] : [];
  for (const { ref, account } of parties) {
    const { state, loss } = (await world.connection(ref)) ?? {};
    if (loss !== 'handed-over') wrong.push(`I8 ${account} is ${state}, ${loss}, and was handed over`);
  }
  const pair = await world.vendor.renew(held.refreshToken);
  for (const party of parties) {
    if (await takenBack(world, party, { ...pair, clientId: held.clientId })) continue;
    const last = world.vendor.presented.findLast(({ answer }) => answer === 'pair');
    if (last === undefined || !lostOnTheWay(last, world.plan)) wrong.push('I4 a pair was lost on its way in');
    await authorise(world, party.ref, party.account);
    break;
  }
  return [...wrong, ...(await settled(world, parties))];
}

async function handedOver(world: World, parties: readonly Party[]) {
  const connections = parties.map(({ ref }) => ref.connectionId);
  const path = pathOf(parties);
  for (let n = 0; n < most; n += 1) {
    const reply = await call(world, { method: 'POST', path: `${path}/export`, body: { connections } });
    if (reply?.status === 200) {
      const exported = Exported.parse(bodyOf(reply)).authorization;
      await insist(world, { method: 'POST', path: `${path}/acknowledge` }, [204]);
      return exported;
    }
    // No answer is asked for again at once; a renewal that is under way settles with a read.
    if (reply?.status === 503) world.jump(hour);
    await rest(world, parties);
  }
  throw new GaveUp('the consent was never handed over');
}

/** False when its answer was lost on the way in, so that only the customer can give it again. */
async function takenBack(world: World, party: Party, body: Record<string, string>): Promise<boolean> {
  const businessId = world.vendor.businessId(party.account);
  const wish = { method: 'PUT', path: pathOf([party]), body: { ...body, businessId } };
  return (await insist(world, wish, [200, 409])).status === 200;
}

function pathOf([party]: readonly Party[]): string {
  const { companyId = '', connectionId = '' } = party?.ref ?? {};
  return `/companies/${companyId}/connections/${connectionId}/authorization`;
}
