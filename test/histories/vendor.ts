import { isRow, type Json, parseJson, type Row, rowsOf } from '../../simulator/json.ts';
import { startSimulator } from '../../simulator/start-simulator.ts';
import type { Edit, History, Kind } from './history.ts';

export const accountId = 'TnSt2k';
const owner = 'alex@busyagency.example';

/** Where each kind is written, and what its rows are called there. */
const places = {
  clients: ['users/clients', 'client'],
  invoices: ['invoices/invoices', 'invoice'],
  payments: ['payments/payments', 'payment'],
  expenses: ['expenses/expenses', 'expense'],
  taxes: ['taxes/taxes', 'tax'],
} as const satisfies Record<Kind, readonly [string, string]>;

export const resources = [...Object.keys(places), 'expense_categories'];

/**
 * FreshBooks as its people work in it: edits go through its own calls, its clock is moved by hand, and what was ever
 * there and ever deleted is written down beside, for the checks to hold the sync to.
 */
export async function openVendor(history: History) {
  let now = Date.parse(history.start);
  let token = '';
  let made = 0;
  const simulator = await startSimulator({ now: () => now });
  const hidden = new Set<string>();
  /** Ids of each resource that were there at some time, and those that were deleted at some time. */
  const ever = new Map(resources.map((name) => [name, new Set<string>()]));
  const everDeleted = new Map(resources.map((name) => [name, new Set<string>()]));

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
  const truth = async (resource: string): Promise<readonly Row[]> =>
    rowsOf({ rows: await send('GET', `/_simulator/truth/${accountId}/${resource}`) }, 'rows');
  const signIn = async (): Promise<string> => {
    const { clientId } = simulator.apps.viewer;
    const pair = await send('POST', '/_simulator/tokens', { clientId, email: owner });
    token = isRow(pair) ? String(pair['access_token']) : '';
    return token;
  };
  const note = async (...names: readonly string[]): Promise<void> => {
    for (const name of names)
      for (const row of await truth(name)) {
        ever.get(name)?.add(String(row['id']));
        if (row['vis_state'] === 1) everDeleted.get(name)?.add(String(row['id']));
      }
  };
  const make = async (kind: Kind, row: Row): Promise<void> => {
    const [path, one] = places[kind];
    const reply = await send('POST', `/accounting/account/${accountId}/${path}`, { [one]: row });
    const id = /"id":(\d+)/.exec(JSON.stringify(reply))?.[1];
    if (id === undefined) throw new Error(`a new ${one} has no id`);
    ever.get(kind)?.add(id);
  };
  const write = async (method: string, kind: Kind, id: number, row: Row = {}): Promise<void> => {
    const [path, one] = places[kind];
    const body = method === 'DELETE' ? undefined : { [one]: row };
    await send(method, `/accounting/account/${accountId}/${path}/${id}`, body);
  };
  const isHidden = (kind: Kind, row: Row): boolean => kind === 'expenses' && hidden.has(String(row['id']));
  const chosen = async (kind: Kind, state: number, pick: number): Promise<number | undefined> => {
    const inState = (await truth(kind)).filter((row) => (row['vis_state'] ?? 0) === state);
    const rows = inState.filter((row) => !isHidden(kind, row));
    const row = rows[pick % Math.max(1, rows.length)];
    return row === undefined ? undefined : Number(row['id']);
  };
  const insert = async (kind: Kind, pick: number): Promise<void> => {
    made += 1;
    if (kind === 'taxes') await make(kind, { name: `Tax ${made}`, amount: '5' });
    if (kind === 'clients') await make(kind, { fname: `New ${made}` });
    if (kind === 'expenses') {
      const categories = await truth('expense_categories');
      const categoryid = categories[pick % categories.length]?.['id'] ?? 0;
      const amount = { amount: `${made}.25`, code: 'CAD' };
      await make(kind, { amount, categoryid, staffid: 1, date: dayOf(pick), notes: `n${made}` });
    }
    if (kind === 'invoices') {
      const customerid = await chosen('clients', 0, pick);
      if (customerid === undefined) return;
      await make(kind, { customerid, create_date: dayOf(pick), lines: [lineOf(made)] });
    }
    if (kind === 'payments') await pay(pick);
  };
  const pay = async (pick: number): Promise<void> => {
    const invoiceid = await chosen('invoices', 0, pick);
    if (invoiceid === undefined) return;
    made += 1;
    const amount = { amount: `${1 + (made % 7)}.50` };
    await make('payments', { invoiceid, amount, date: dayOf(pick), type: 'Check' });
  };
  const change = async (kind: Kind, pick: number): Promise<void> => {
    const id = await chosen(kind, 0, pick);
    if (id === undefined) return;
    made += 1;
    const row: Record<Kind, Row> = {
      clients: { organization: `Moved ${made}` },
      invoices: { notes: `Note ${made}` },
      payments: { note: `Note ${made}`, amount: { amount: `${made}.00` } },
      expenses: { notes: `Note ${made}`, date: dayOf(made) },
      taxes: { number: `N${made}` },
    };
    await write('PUT', kind, id, row[kind]);
  };
  const setState = async (kind: Kind, from: number, to: number, pick: number): Promise<void> => {
    const id = await chosen(kind, from, pick);
    if (id === undefined) return;
    if (kind !== 'taxes') await write('PUT', kind, id, { vis_state: to });
    else if (to === 1) await write('DELETE', kind, id);
    if (to === 1) everDeleted.get(kind)?.add(String(id));
  };
  const relined = async (pick: number): Promise<void> => {
    const id = await chosen('invoices', 0, pick);
    made += 1;
    if (id !== undefined) await write('PUT', 'invoices', id, { lines: [lineOf(made), lineOf(made + 1)] });
  };

  const apply = async (edit: Edit): Promise<void> => {
    const { to, pick } = edit;
    if (edit.do === 'insert') await insert(to, pick);
    if (edit.do === 'change') await change(to, pick);
    if (edit.do === 'delete') await setState(to, 0, 1, pick);
    if (edit.do === 'undelete') await setState(to, 1, 0, pick);
    if (edit.do === 'archive') await setState(to, 0, 2, pick);
    if (edit.do === 'unarchive') await setState(to, 2, 0, pick);
    if (edit.do === 'pay') await pay(pick);
    if (edit.do === 'lines') await relined(pick);
  };

  await signIn();
  await send('PUT', '/_simulator/switches', history.switches);
  for (let n = 0; n < history.extra; n += 1)
    for (const kind of ['clients', 'invoices', 'payments', 'expenses'] as const) await insert(kind, n);
  for (const edit of history.before) await apply(edit);
  await note(...resources);
  if (history.hidden > 0) {
    const ids = (await truth('expenses')).slice(2, 2 + history.hidden).map((row) => Number(row['id']));
    await send('POST', '/_simulator/hide', { accountId, resource: 'expenses', ids });
    for (const id of ids) hidden.add(String(id));
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
    ever,
    everDeleted,
    /** Expenses that are there and never shown. */
    hidden,
    close: simulator.close,
  };
}
export type Vendor = Awaited<ReturnType<typeof openVendor>>;

const dayOf = (pick: number): string => `2026-${String(1 + (pick % 9)).padStart(2, '0')}-1${pick % 10}`;
const lineOf = (n: number): Row => ({
  name: `Work ${n}`,
  qty: 1 + (n % 3),
  unit_cost: { amount: `${10 + (n % 50)}.00`, code: 'CAD' },
  ...(n % 2 === 0 ? { taxName1: 'HST', taxAmount1: 13 } : {}),
});
