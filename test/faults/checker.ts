import { zstdDecompressSync } from 'node:zlib';
import * as z from 'zod';
import { isRow, type Json, parseJson, type Row } from '../../simulator/json.ts';
import type { Connection, ConnectionRef } from '../../src/domain/connection.ts';
import { untold, wronglyTold } from './events-checker.ts';
import type { Struck } from './sandbox.ts';
import { type Account, hashOf, type Presented, watched } from './vendor.ts';
import type { World } from './world.ts';

// Holds what is stored to what FreshBooks says. It reads the stored bytes itself: nothing here is the sync's own.

/** A company of the life, and which account's books are its. */
export type Party = { ref: ConnectionRef; account: Account };

const Manifest = z.object({ segments: z.array(z.object({ name: z.string() })) });
type Line = { id: string; d: boolean; r: Row | null };

/** What was read of each world's objects: they are immutable. */
const known = new WeakMap<World, Map<string, Line[]>>();

async function linesOf(world: World, manifest: string): Promise<readonly Line[]> {
  const read = known.get(world) ?? new Map<string, Line[]>();
  known.set(world, read);
  const lines = read.get(manifest) ?? (await readLines(world, manifest));
  read.set(manifest, lines);
  return lines;
}

async function readLines(world: World, manifest: string): Promise<Line[]> {
  const bytes = await world.stores.objects.get(manifest);
  if (bytes === undefined) throw new Error(`published and not there: ${manifest}`);
  const { segments } = Manifest.parse(JSON.parse(Buffer.from(bytes).toString('utf8')));
  const base = manifest.slice(0, manifest.lastIndexOf('manifest/'));
  const lines: Line[] = [];
  for (const { name } of segments) {
    const packed = await world.stores.objects.get(base + name);
    if (packed === undefined) throw new Error(`named and not there: ${base}${name}`);
    const text = zstdDecompressSync(packed).toString('utf8');
    for (const line of text.split('\n').slice(0, -1)) lines.push(lineOf(parseJson(line)));
  }
  return lines;
}

function lineOf(value: Json): Line {
  if (!isRow(value)) throw new Error('a line of a segment is not an object');
  const { id, d, r } = value;
  return { id: String(id), d: d === true, r: isRow(r) ? r : null };
}

/** The data types that are read in a life, which are all compared: their resources, and what of a row they show. */
export const compared = {
  customers: { resource: 'clients', shows: 'organization' },
  trackingCategories: { resource: 'expense_categories', shows: 'category' },
  invoices: { resource: 'invoices', shows: 'invoice_number' },
  payments: { resource: 'payments', shows: 'id' },
} as const;

/** What must hold in any moment: nothing published was invented (I2, I7), and no token was spent twice (I3). */
export async function neverWrong(world: World, parties: readonly Party[]): Promise<string[]> {
  const found = [
    ...(await spending(world)),
    ...world.stores.wentBack,
    ...twoAtOnce(world),
    ...wronglyTold(world),
  ];
  for (const { ref, account } of parties) {
    const connection = await world.connection(ref);
    for (const resource of watched) {
      const manifest = connection?.resources[resource]?.snapshot?.manifest;
      if (manifest === undefined) continue;
      for (const { id, d } of await linesOf(world, manifest)) {
        if (!world.vendor.ever(account, resource).has(id))
          found.push(`I7 ${account} holds ${resource} ${id}, which it never had`);
        else if (d && !world.vendor.everGone(account, resource).has(id))
          found.push(`I2 false deletion of ${resource} ${id} of ${account}`);
      }
    }
  }
  return found;
}

/**
 * I3: a token is shown again only when nobody can know what became of it (its process died before the new pair was
 * kept, or no answer came), or once more after a refusal; never after its pair was kept.
 */
async function spending(world: World): Promise<string[]> {
  const found: string[] = [];
  const kept = await keptHashes(world);
  const byToken = new Map<string, Presented[]>();
  for (const one of world.vendor.presented)
    if (one.answer !== 'keys-refused') byToken.set(one.hash, [...(byToken.get(one.hash) ?? []), one]);
  for (const [hash, all] of byToken) {
    const name = hash.slice(0, 8);
    const refused = all.filter(({ answer }) => answer === 'refused').length;
    const [first, again] = all;
    const since = world.plan.struck.filter(({ at }) => at >= (first?.at ?? 0));
    if (all.filter(({ answer }) => answer === 'pair').length > 1) found.push(`I3 ${name} gave two pairs`);
    // Once more to be sure, and once more for each fault that hit the asking.
    if (refused > 2 + since.length) found.push(`I3 ${name} was shown ${all.length} times`);
    if (first?.answer !== 'pair' || again === undefined) continue;
    // One that was frozen after it had taken the token in hand shows it late: that cannot be helped.
    if (all.some(({ by }) => wasFrozen(by, world.plan))) continue;
    if (kept.has(first.issued ?? '') || !lostOnTheWay(first, world.plan))
      found.push(`I3 ${name} was shown again although its pair had come`);
  }
  return found;
}

function wasFrozen(by: number, { struck }: World['plan']): boolean {
  return struck.some(({ moment, process }) => moment === 'stalled' && process === by);
}

/** D6: where nothing strikes, no worker finds that another one was at its connection. */
function twoAtOnce({ plan, stores }: World): string[] {
  const stale = stores.lines.filter(({ event }) => event === 'sync.run.stale');
  return plan.struck.length === 0 && stale.length > 0 ? ['D6 two workers were at one connection'] : [];
}

async function keptHashes({ stores, vendor }: World): Promise<ReadonlySet<string>> {
  const grants = await Promise.all([...vendor.grantIds].map((id) => stores.grants.find(id)));
  return new Set(grants.flatMap((grant) => grant?.lineage.map(({ hash }) => hash) ?? []));
}

/**
 * The answer never reached us, or its process died with it before it could do anything, or neither place took the pair:
 * nothing can tell that from outside. What was refused by the table and put aside is not lost by a death after that.
 */
export function lostOnTheWay(one: Presented, { struck }: World['plan']): boolean {
  const since = struck.filter(({ process, at }) => process === one.by && at >= one.at);
  return since.some((strike, n) => (n === 0 && isLoss(strike)) || isNotAside(strike));
}

/** A living worker whose save was refused still has the pair; only a death, or a lost answer of FreshBooks, loses it. */
function isLoss({ name, moment }: Struck): boolean {
  if (moment === 'refused' || moment === 'stalled' || name.includes(' escrow.keep')) return false;
  if (moment !== 'reply-lost') return true;
  return name.includes(' freshbooks.refresh ') || name.includes(' freshbooks.exchange ');
}

function isNotAside({ name, moment }: Struck): boolean {
  return name.includes(' escrow.keep') && (moment === 'before' || moment === 'refused');
}

/** I7: no token and no secret in a log line or a reply, and no line about one company that names the other's books. */
export function leaks(world: World): string[] {
  const logged = world.stores.lines.map((line) => JSON.stringify(line)).join('\n');
  const said = logged + world.replies.join('\n');
  const leaked = [...world.vendor.secrets].filter((secret) => said.includes(secret));
  // This one is shown once, to whoever made the endpoint.
  if (logged.includes(world.consumer.secret)) leaked.push(world.consumer.secret);
  return leaked.map((secret) => `I7 a secret (${hashOf(secret).slice(0, 8)}) was logged or answered`);
}

/** I1, I5, I8: after a while of quiet everything is there, current and told, and nobody waits for anything. */
export async function complete(world: World, parties: readonly Party[]): Promise<string[]> {
  const found = untold(world);
  for (const { ref, account } of parties) {
    const connection = await world.connection(ref);
    if (connection === undefined) {
      found.push(`I1 the connection of ${account} is gone`);
      continue;
    }
    found.push(...unrest(world, connection).map((what) => `I8 ${account}: ${what}`));
    found.push(...(await differences(world, connection, account)).map((what) => `I1 ${account}: ${what}`));
  }
  return found;
}

function unrest(world: World, connection: Connection): string[] {
  const found: string[] = [];
  if (connection.state !== 'Linked') found.push(`is ${connection.state}`);
  if (connection.lease !== undefined) found.push('is still leased');
  const open = Object.keys({ ...connection.wanted, ...connection.serving });
  if (open.length > 0) found.push(`still waits for ${open.join(', ')}`);
  for (const type of world.types) {
    const dataset = connection.datasets[type];
    if (dataset?.status !== 'Complete')
      found.push(`${type} is ${dataset?.status ?? 'not there'}: ${dataset?.message ?? ''}`);
  }
  return found;
}

/** Fields that FreshBooks works out of other rows, without the row counting as changed. */
const unannounced = new Set(['transaction_posted', 'updated_at']);

async function differences(world: World, connection: Connection, account: Account): Promise<string[]> {
  const found: string[] = [];
  for (const type of world.types) {
    const entry = Object.entries(compared).find(([name]) => name === type);
    if (entry === undefined) continue;
    const { resource, shows } = entry[1];
    const truth = world.vendor.truth(account, resource);
    const raw = connection.resources[resource]?.snapshot?.manifest;
    const unified = connection.datasets[type]?.snapshot?.manifest;
    if (raw === undefined || unified === undefined) {
      found.push(`nothing is held of ${type}`);
      continue;
    }
    found.push(...rowsThatDiffer(resource, truth, await linesOf(world, raw)));
    found.push(...recordsThatDiffer(type, shows, truth, await linesOf(world, unified)));
  }
  return found;
}

function rowsThatDiffer(resource: string, truth: readonly Row[], lines: readonly Line[]): string[] {
  const held = new Map(lines.map((line) => [line.id, line]));
  const found: string[] = [];
  for (const row of truth) {
    const id = String(row['id']);
    const line = held.get(id);
    held.delete(id);
    if (line === undefined) found.push(`${resource} ${id} is missing`);
    else if (line.d !== (row['vis_state'] === 1)) found.push(`${resource} ${id} is deleted: ${line.d}`);
    else
      for (const [field, value] of Object.entries(row))
        if (line.r !== null && field in line.r && !unannounced.has(field))
          if (JSON.stringify(line.r[field]) !== JSON.stringify(value))
            found.push(
              `${resource} ${id} ${field} is ${JSON.stringify(line.r[field])}, not ${JSON.stringify(value)}`,
            );
  }
  for (const { id, d } of held.values()) if (!d) found.push(`${resource} ${id} is left over`);
  return found;
}

function recordsThatDiffer(
  type: string,
  shows: string,
  truth: readonly Row[],
  lines: readonly Line[],
): string[] {
  const held = new Map(lines.map((line) => [line.id, line]));
  return truth.flatMap((row) => {
    const id = String(row['id']);
    const line = held.get(id);
    if (line === undefined) return [`${type} ${id} is missing`];
    if (line.d !== (row['vis_state'] === 1)) return [`${type} ${id} is deleted: ${line.d}`];
    const shown = line.d || JSON.stringify(line.r).includes(String(row[shows]));
    return shown ? [] : [`${type} ${id} does not show ${String(row[shows])}`];
  });
}

/** I4: whether access was lost for the one reason that cannot be helped, and is labelled so. */
export async function lossesThatNeedNotBe(world: World, parties: readonly Party[]): Promise<string[]> {
  const found: string[] = [];
  for (const { ref, account } of parties) {
    const connection = await world.connection(ref);
    if (connection?.state !== 'Deauthorized') continue;
    const grant = await world.stores.grants.find(connection.grantId ?? '');
    const last = world.vendor.presented.findLast(({ answer }) => answer === 'pair');
    const kept = grant?.lineage.some(({ hash }) => hash === last?.issued) ?? false;
    if (last === undefined || kept || !lostOnTheWay(last, world.plan))
      found.push(`I4 ${account} lost its access, and no answer was lost`);
    else if (last.what === 'refresh-token' && grant?.loss?.reason !== 'rotation-lost')
      found.push(`I4 ${account} lost its access as ${String(grant?.loss?.reason)}, not as rotation-lost`);
    else if (last.what === 'refresh-token' && connection.stateSince < earlyEnd(grant?.expiresAt ?? ''))
      found.push(`I4 ${account} lost its access while its token still lived`);
  }
  return found;
}

/** A token this near its end is not begun with. */
function earlyEnd(expires: string): string {
  return new Date(Date.parse(expires) - 61_000).toISOString();
}

/** W5, W7: what is not right about where FreshBooks tells of a company's changes. */
export async function listening(world: World, parties: readonly Party[]): Promise<string[]> {
  const found: string[] = [];
  for (const { ref, account } of parties) {
    const connection = await world.connection(ref);
    if (connection?.state !== 'Linked') continue;
    const address = `/${ref.connectionId}/${connection.hooks?.token}`;
    const all = world.vendor.listeners(account);
    const known = connection.hooks?.callbacks.filter(({ verified }) => verified) ?? [];
    if (known.length !== 1) found.push(`W5 ${account} knows of ${known.length} addresses that are told`);
    if (all.length !== 1) found.push(`W7 FreshBooks tells ${all.length} addresses of ${account}`);
    for (const { uri, verified } of all)
      if (!uri.endsWith(address) || !verified)
        found.push(`W5 nobody listens to what FreshBooks tells of ${account}`);
  }
  return found;
}

/** So many faults follow each other at most; what was met by more of them, one case after the other, may be parked. */
const faultsTogether = 2;

/** I9: nothing is left of these, anywhere. */
export async function erased(world: World, parties: readonly Party[]): Promise<string[]> {
  const found: string[] = [];
  for (const { ref } of parties) {
    const { companyId, connectionId } = ref;
    const left = world.stores.objects.names().filter((name) => name.includes(`/${connectionId}/`));
    if (left.length > 0) found.push(`I9 ${left.length} objects are left, such as ${left[0]}`);
    if ((await world.connection(ref)) !== undefined) found.push('I9 the connection is left');
    if ((await world.stores.companies.find(companyId)) !== undefined) found.push('I9 the company is left');
  }
  for (const { wake, struck } of world.queue.parked)
    if (struck <= faultsTogether) found.push(`I9 a message was parked: ${JSON.stringify(wake)}`);
  return found;
}

/** When nothing stands on it any more: FreshBooks was told, and no grant is kept. */
export async function givenBack(world: World, grantId: string): Promise<string[]> {
  const found: string[] = [];
  if ((await world.stores.grants.find(grantId)) !== undefined) found.push('I9 the grant is left');
  if (world.vendor.consentLives()) found.push('I9 FreshBooks still holds a consent that nothing stands on');
  return found;
}
