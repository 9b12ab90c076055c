import type { ConnectionRef } from '../../src/domain/connection.ts';
import { readScopes } from '../../src/domain/scopes.ts';
import { changedAndBack } from './changing.ts';
import { complete, erased, givenBack, leaks, neverWrong, type Party } from './checker.ts';
import { untold, wronglyTold } from './events-checker.ts';
import type { FunctionName } from './failpoints.ts';
import { movedAndBack } from './moving.ts';
import { authorise, insist, makeCompany, makeEndpoint, walkAway } from './people.ts';
import { readAsTheirs } from './reading.ts';
import { listenedTo, rest, settled } from './settle.ts';
import { type Account, accounts, type Edit } from './vendor.ts';
import type { World } from './world.ts';

/** A part of the life of two companies; it ends at rest, and tells what was found wrong. */
export type Chapter = {
  title: string;
  happen: (world: World, parties: Party[]) => Promise<string[]>;
};

/** The whole story, in its order. */
export const chapters: readonly Chapter[] = [
  { title: 'setting up', happen: setUp },
  { title: 'linking the first company', happen: (world, parties) => linked(world, parties, accounts[0]) },
  { title: 'linking the second company', happen: (world, parties) => linked(world, parties, accounts[1]) },
  { title: 'the first edits', happen: (world, parties) => edited(world, parties, firstEdits) },
  { title: 'reading through the API', happen: readAsTheirs },
  { title: 'a change that FreshBooks tells of', happen: hinted },
  { title: 'a refresh at half-life', happen: refreshed },
  { title: 'a night in which nothing ran', happen: sleptThrough },
  { title: 'a list that is suddenly almost empty', happen: emptied },
  { title: 'new keys of the app', happen: rotated },
  { title: 'other scopes', happen: rescoped },
  { title: 'moving to another system and back', happen: movedAndBack },
  { title: 'unlinking one', happen: unlinked },
  { title: 'linking it again', happen: relinked },
  { title: 'another business and back', happen: changedAndBack },
  { title: 'the last edits', happen: (world, parties) => edited(world, parties, lastEdits) },
  { title: 'deleting one company', happen: (world, parties) => deleted(world, parties, 1) },
  { title: 'deleting the other', happen: (world, parties) => deleted(world, parties, 0) },
];

/** The chapters after which both companies are linked and read. */
export const founding = chapters.slice(0, 3);

const hour = 3600;
const clientSecret = 'canary-second-secret-of-the-app';

/** A pair that its table refuses, in a process that dies before it can try again: it is put aside, and found there. */
function unsaved(world: World, fn: FunctionName, after: string, at: string): void {
  const place = { fn, at };
  world.plan.script(
    `${fn} ${after}`,
    { ...place, moment: 'refused', nth: 1 },
    { ...place, moment: 'before', nth: 2 },
  );
}

const hourly = { settings: [{ dataType: 'customers', fetchOnFirstLink: true, syncSchedule: 1 }] };

async function setUp(world: World): Promise<string[]> {
  const keys = world.vendor.keys();
  world.vendor.secrets.add(keys.clientSecret).add(clientSecret);
  await insist(world, { method: 'PUT', path: '/setup/integration/keys', body: keys }, [200]);
  await insist(world, { method: 'PUT', path: '/setup/integration/enabled', body: { enabled: true } }, [200]);
  const settings = {
    redirectUrl: 'https://lender.example/linked?company={companyId}',
    oneTimeLinks: { enabled: true },
  };
  await insist(world, { method: 'PUT', path: '/setup/link-settings', body: settings }, [200]);
  await insist(world, { method: 'POST', path: '/profile/syncSettings', body: hourly }, [204]);
  await makeEndpoint(world);
  return [];
}

async function linked(world: World, parties: Party[], account: Account): Promise<string[]> {
  const how = account === accounts[0] ? 'looking' : 'once';
  const ref = await makeCompany(world, `Company of ${account}`, how);
  parties.push({ ref, account });
  const path = `/companies/${ref.companyId}/syncSettings`;
  await insist(world, { method: 'POST', path, body: hourly }, [204]);
  if (account === accounts[0]) await leftAlone(world, ref);
  // The second one closes the browser when nothing comes back: the worker finishes what was begun.
  else unsaved(world, 'oauth', 'freshbooks.exchange', 'attempts.change');
  await authorise(world, ref, account);
  return settled(world, parties);
}

/**
 * The first customer walks away before choosing a business, twice: once to find that it is too late, once for good. The
 * attempt ends with them or without them, and nothing is lost.
 */
async function leftAlone(world: World, ref: ConnectionRef): Promise<void> {
  await walkAway(world, ref, true);
  await walkAway(world, ref, false);
  world.jump(15 * 60);
  await world.minutes(2);
}

const firstEdits: readonly Edit[] = [
  { do: 'insert', to: 'clients', pick: 0 },
  { do: 'change', to: 'clients', pick: 0 },
  { do: 'delete', to: 'clients', pick: 1 },
  { do: 'insert', to: 'expense_categories', pick: 0 },
  { do: 'insert', to: 'invoices', pick: 0 },
];
const lastEdits: readonly Edit[] = [
  { do: 'undelete', to: 'clients', pick: 0 },
  { do: 'vanish', to: 'expense_categories', pick: 3 },
  { do: 'delete', to: 'payments', pick: 0 },
  { do: 'change', to: 'clients', pick: 2 },
];

/** People work in both books; the schedule finds it within the hour. */
async function edited(world: World, parties: Party[], edits: readonly Edit[]): Promise<string[]> {
  for (const { account } of parties) for (const edit of edits) await world.vendor.apply(account, edit);
  // The deployer's endpoint is down for some minutes: what it misses comes again.
  world.consumer.down = true;
  // The queue delivers at least once: two workers wake for the same connection at the same moment.
  world.queue.twice = true;
  world.eventQueue.twice = true;
  world.jump(hour);
  await world.minutes(2);
  world.consumer.down = false;
  const wrong = await settled(world, parties);
  world.queue.twice = false;
  world.eventQueue.twice = false;
  return wrong;
}

/** A change is found within minutes, long before the schedule looks; and where a fault hits the telling, by that. */
async function hinted(world: World, parties: Party[]): Promise<string[]> {
  const before = world.plan.struck.length;
  const wrong = await listenedTo(world, parties);
  for (const { account } of parties)
    await world.vendor.apply(account, { do: 'change', to: 'clients', pick: 1 });
  await world.minutes(4);
  if (world.plan.struck.length === before) wrong.push(...(await complete(world, parties)));
  return [...wrong, ...(await anHourOn(world, parties)), ...(await listenedTo(world, parties))];
}

/** An hour goes by: everything is due once. */
async function anHourOn(world: World, parties: readonly Party[]): Promise<string[]> {
  world.jump(hour);
  return settled(world, parties);
}

async function refreshed(world: World, parties: Party[]): Promise<string[]> {
  const epoch = await epochOf(world, parties);
  world.jump(6 * hour);
  const wrong = await anHourOn(world, parties);
  if ((await epochOf(world, parties)) > epoch) return wrong;
  // Whatever became of the first try: by the end of the access token's life the access is there again.
  world.jump(6 * hour);
  wrong.push(...(await anHourOn(world, parties)));
  return (await epochOf(world, parties)) > epoch ? wrong : [...wrong, 'the grant was not refreshed'];
}

/** The access token has ended, and both companies are due at once: one renews it, the other waits for it. */
async function sleptThrough(world: World, parties: Party[]): Promise<string[]> {
  const before = world.plan.struck.length;
  world.jump(13 * hour);
  await rest(world, parties);
  // Where nothing has struck, nothing fails for an hour either.
  const wrong = world.plan.struck.length === before ? await complete(world, parties) : [];
  return [...wrong, ...(await settled(world, parties))];
}

async function epochOf(world: World, [first]: readonly Party[]): Promise<number> {
  const grantId = first && (await world.connection(first.ref))?.grantId;
  return (await world.stores.grants.find(grantId ?? ''))?.epoch ?? 0;
}

/** A list comes back almost empty, without an error: nothing of it is believed, and what follows finds all well. */
async function emptied(world: World, parties: Party[]): Promise<string[]> {
  for (const { account } of parties) await world.vendor.hideMost(account, true);
  world.jump(hour);
  await rest(world, parties);
  const wrong = await neverWrong(world, parties);
  for (const { account } of parties) await world.vendor.hideMost(account, false);
  return wrong;
}

async function rotated(world: World, parties: Party[]): Promise<string[]> {
  world.vendor.newSecret(clientSecret);
  await insist(world, { method: 'PUT', path: '/setup/integration/keys', body: world.vendor.keys() }, [200]);
  unsaved(world, 'sync-worker', 'freshbooks.refresh', 'grants.change');
  return refreshed(world, parties);
}

async function rescoped(world: World, parties: Party[]): Promise<string[]> {
  const body = { scopes: [...readScopes, 'user:invoices:write'], confirm: true };
  await insist(world, { method: 'PUT', path: '/setup/integration/scopes', body }, [200]);
  const [first] = parties;
  // Its table refuses the pair at first: the same process saves it a moment later.
  world.plan.script('oauth freshbooks.exchange', {
    fn: 'oauth',
    at: 'attempts.change',
    moment: 'refused',
    nth: 1,
  });
  if (first !== undefined) await authorise(world, first.ref, first.account);
  return settled(world, parties);
}

async function unlinked(world: World, parties: Party[]): Promise<string[]> {
  const [first, second] = parties;
  if (first === undefined || second === undefined) return [];
  const { companyId, connectionId } = second.ref;
  const path = `/companies/${companyId}/connections/${connectionId}`;
  await insist(world, { method: 'PATCH', path, body: { status: 'Unlinked' } }, [200]);
  await rest(world, parties);
  const wrong = await settled(world, [first]);
  if (world.vendor.listeners(second.account).length > 0) wrong.push('W7 FreshBooks still tells of its books');
  const left = await world.connection(second.ref);
  if (left?.state !== 'Unlinked') wrong.push(`it is ${left?.state}`);
  if (left?.grantId !== undefined) wrong.push('I8 it still stands on its grant');
  return wrong;
}

async function relinked(world: World, parties: Party[]): Promise<string[]> {
  const second = parties[1];
  // Its process dies before the link is used up, and its customer closes the browser: the worker does it for them.
  world.plan.script('api oneTimeLinks.insert', {
    fn: 'oauth',
    at: 'oneTimeLinks.change',
    moment: 'before',
    nth: 1,
  });
  if (second !== undefined) await authorise(world, second.ref, second.account);
  return settled(world, parties);
}

async function deleted(world: World, parties: Party[], index: number): Promise<string[]> {
  const party = parties[index];
  if (party === undefined) return [];
  const grantId = (await world.connection(party.ref))?.grantId ?? '';
  const path = `/companies/${party.ref.companyId}`;
  // The end of the last one is told late: the books are erased meanwhile, and what is left waits for its events to go.
  const late = { fn: 'event-sender', at: 'feed.append', moment: 'refused' } as const;
  if (index === 0) world.plan.script('api companies.change', { ...late, nth: 1 }, { ...late, nth: 2 });
  await insist(world, { method: 'DELETE', path }, [204, 404]);
  parties.splice(index, 1);
  await rest(world, parties);
  // A worker that was frozen is swept after fifteen minutes; a message that was hidden comes again after sixteen.
  await world.minutes(6);
  world.jump(15 * 60);
  await world.minutes(3);
  const wrong = await erased(world, [party]);
  if (world.vendor.listeners(party.account).length > 0) wrong.push('W7 FreshBooks still tells of its books');
  // What FreshBooks could not be told is told it every quarter of an hour.
  for (let n = 0; n < 6 && parties.length === 0 && world.vendor.consentLives(); n += 1) {
    world.jump(15 * 60);
    await world.minutes(2);
  }
  if (parties.length > 0) return [...wrong, ...(await settled(world, parties))];
  for (let n = 0; n < 6 && untold(world).length > 0; n += 1) {
    world.jump(15 * 60);
    await world.minutes(2);
  }
  return [
    ...wrong,
    ...(await givenBack(world, grantId)),
    ...wronglyTold(world),
    ...untold(world),
    ...leaks(world),
  ];
}
