import { isRow, type Json, parseJson, type Row, rowsOf, without } from '../../simulator/json.ts';
import { startSimulator } from '../../simulator/start-simulator.ts';
import { rawOnly, reports, served, shown } from './books.ts';
import type { Edit, History } from './history.ts';
import { type Call, isDeletedRow, type Kind, keyOf, kindNames, tiny, writingOf } from './kinds.ts';
import { changed, made } from './rows.ts';

const { accountId } = tiny;
const businessId = Number(tiny.businessId);
const owner = 'alex@busyagency.example';

/** Rows of these are there because somebody wrote them; others come and go with the documents they follow from. */
const onTheirOwn = new Set<string>([
  ...kindNames.filter((kind) => !['credit_notes', 'tasks', 'services', 'service_rates'].includes(kind)),
  'expense_categories',
]);

/** Where books are large, these are many; of the others there are never more than a few. */
const large = new Set<Kind>([
  'clients',
  'invoices',
  'payments',
  'expenses',
  'bills',
  'estimates',
  'projects',
]);
const enough = 6;

/** Rows of each kind that somebody of a lesser role does not see. */
const hiddenByRole = 2;

/** 0, 1 or 2: there, deleted or archived. */
function stateOf(kind: Kind, row: Row): unknown {
  return isDeletedRow(kind, row) ? 1 : (row['vis_state'] ?? 0);
}

/**
 * FreshBooks as its people work in it: edits go through its own calls, its clock is moved by hand, and what was ever
 * there and ever deleted is written down beside, for the checks to hold the sync to.
 */
export async function openVendor(history: History) {
  let now = Date.parse(history.start);
  let token = '';
  let count = 0;
  const simulator = await startSimulator({ now: () => now });
  const types = history.types.flatMap((type) => served[type] ?? []);
  const ways = [...types.map((type) => type.written), ...history.rawOnly.map((name) => rawOnly[name] ?? [])];
  const written = kindNames.filter((kind) => ways.some((way) => way.includes(kind)));
  const named = [...new Set([...types.flatMap((type) => type.reads), ...history.rawOnly])];
  const read = named.filter((name) => !(name in reports));
  const watched = [...new Set([...read, ...written])];
  /** Expenses that nobody shows us until the end. */
  const hidden = new Set<string>();
  /** Ids of each resource that were there at some time, and those that were deleted at some time. */
  const ever = new Map(watched.map((name) => [name, new Set<string>()]));
  const everDeleted = new Map(watched.map((name) => [name, new Set<string>()]));

  const send = async (method: string, path: string, body?: Json): Promise<Json> => {
    const reply = await fetch(simulator.url + path, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await reply.text();
    if (!reply.ok) throw new Error(`${method} ${path}: ${reply.status} ${text}`);
    return text === '' ? null : parseJson(text);
  };
  const truth = async (resource: string): Promise<readonly Row[]> => {
    const alone = shown[resource];
    if (alone !== undefined) return alone.rows(await send('GET', alone.path));
    return rowsOf({ rows: await send('GET', `/_simulator/truth/${accountId}/${resource}`) }, 'rows');
  };
  const signIn = async (): Promise<string> => {
    const { clientId } = simulator.apps.viewer;
    const pair = await send('POST', '/_simulator/tokens', { clientId, email: owner });
    token = isRow(pair) ? String(pair['access_token']) : '';
    return token;
  };
  const followers = watched.filter((name) => !onTheirOwn.has(name));
  const note = async (names: readonly string[]): Promise<void> => {
    for (const name of names) {
      const rows = await truth(name);
      const there = new Set(rows.map(keyOf));
      for (const id of ever.get(name) ?? []) if (!there.has(id)) everDeleted.get(name)?.add(id);
      for (const row of rows) {
        ever.get(name)?.add(keyOf(row));
        if (isDeletedRow(name, row)) everDeleted.get(name)?.add(keyOf(row));
      }
    }
  };
  const work = async ({ method, path, body }: Call): Promise<void> => {
    await send(method, path, body);
  };
  let lesser = false;
  let roleChanged = false;
  /** Rows that our person does not see while the role is a lesser one. */
  const unseen = new Map<string, ReadonlySet<string>>();
  const hide = async (kind: string): Promise<void> => {
    const ids = [...(unseen.get(kind) ?? []), ...(kind === 'expenses' ? hidden : [])];
    await send('POST', '/_simulator/hide', { accountId, resource: kind, ids: ids.map(Number) });
  };
  const setRole = async (role: string | null): Promise<void> => {
    await send('PUT', '/_simulator/roles', { email: owner, businessId, role });
    lesser = role !== null;
    roleChanged = true;
    for (const kind of read.filter((name) => !(name in shown))) {
      const ids = lesser ? (await truth(kind)).slice(0, hiddenByRole).map(keyOf) : [];
      unseen.set(kind, new Set(ids));
      await hide(kind);
    }
  };
  const chosen = async (kind: Kind, state: number, pick: number): Promise<Row | undefined> => {
    const inState = (await truth(kind)).filter((row) => stateOf(kind, row) === state);
    // Whoever edits is our person too.
    const rows = inState.filter(
      (row) => !unseen.get(kind)?.has(keyOf(row)) && !(kind === 'expenses' && hidden.has(keyOf(row))),
    );
    return rows[pick % Math.max(1, rows.length)];
  };
  const insert = async (kind: Kind, pick: number): Promise<void> => {
    count += 1;
    const row = await made(kind, count, pick, { chosen, truth });
    if (row !== undefined) await work(writingOf(kind).create(row));
  };
  const change = async (kind: Kind, pick: number): Promise<void> => {
    const { change: as } = writingOf(kind);
    const row = as && (await chosen(kind, 0, pick));
    if (as === undefined || row === undefined) return;
    count += 1;
    await work(as(row, changed(kind, row, count)));
  };
  /** Who has a retainer is given no second one. */
  const mayReturn = async (kind: Kind, row: Row): Promise<boolean> =>
    kind !== 'retainers' ||
    !(await truth(kind)).some(
      (other) => other['active'] === true && other['client_user_id'] === row['client_user_id'],
    );
  const setState = async (kind: Kind, to: 'remove' | 'restore' | 'archive', from: number, pick: number) => {
    const as = writingOf(kind)[to];
    const row = as && (await chosen(kind, from, pick));
    if (as === undefined || row === undefined) return;
    if (to !== 'restore' || (await mayReturn(kind, row))) await work(as(row, pick));
  };
  const apply = async (edit: Edit): Promise<void> => {
    const { pick } = edit;
    const kind = written[edit.kind % written.length] ?? 'clients';
    if (edit.do === 'insert') await insert(kind, pick);
    if (edit.do === 'change') await change(kind, pick);
    if (edit.do === 'delete') await setState(kind, 'remove', 0, pick);
    if (edit.do === 'undelete') await setState(kind, 'restore', 1, pick);
    if (edit.do === 'archive') await setState('clients', 'archive', 0, pick);
    if (edit.do === 'unarchive') await setState('clients', 'restore', 2, pick);
    if (edit.do === 'downgrade' && !lesser && !roleChanged) await setRole('business_employee');
    if (edit.do === 'promote' && lesser && !roleChanged) await setRole(null);
    await note([...new Set([...watched.filter((name) => name === kind), ...followers])]);
  };

  await signIn();
  await send('PUT', '/_simulator/switches', history.switches);
  for (let n = 0; n < history.extra; n += 1)
    for (const kind of written) if (n < enough || large.has(kind)) await insert(kind, n);
  for (const edit of history.before) await apply(edit);
  await note(watched);
  if (history.hidden > 0 && read.includes('expenses')) {
    for (const row of (await truth('expenses')).slice(2, 2 + history.hidden)) hidden.add(keyOf(row));
    await hide('expenses');
  }
  return {
    url: simulator.url,
    now: () => now,
    moveTo: (at: number): void => {
      now = Math.max(now, at);
    },
    signIn,
    apply,
    truth,
    /** Nobody takes a role away and gives it back while one worker reads: once in that time it may change. */
    roleMayChange: (): void => {
      roleChanged = false;
    },
    read,
    /** Reports that are read. */
    readReports: named.filter((name) => name in reports),
    /** What FreshBooks answers when it is asked for a report so. */
    report: async (name: string, parameters: unknown): Promise<unknown> => {
      const asked = isRow(parameters) ? Object.entries(parameters) : [];
      const query = asked.flatMap(([key, value]) =>
        [value].flat().map((one): [string, string] => [key, String(one)]),
      );
      const reply = await send('GET', `${reports[name]?.path}?${new URLSearchParams(query)}`);
      const response = isRow(reply) ? reply['response'] : undefined;
      const result = isRow(response) ? response['result'] : undefined;
      const found = isRow(result) ? Object.values(result)[0] : undefined;
      return isRow(found) ? without(found, 'download_token') : found;
    },
    ever,
    everDeleted,
    /** Expenses that are there and not shown. */
    hidden,
    /** Whether our person has a lesser role at the moment. */
    promote: async () => {
      if (lesser) await setRole(null);
    },
    show: async () => {
      hidden.clear();
      await hide('expenses');
    },
    close: simulator.close,
  };
}
export type Vendor = Awaited<ReturnType<typeof openVendor>>;
