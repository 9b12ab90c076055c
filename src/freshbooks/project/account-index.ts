import { text } from '../types/wire.ts';
import { projectAccounts } from './accounts.ts';
import type { Projection } from './rows.ts';

/** An account of `chartOfAccounts`, as statements refer to it. */
export type KnownAccount = {
  id: string;
  name: string;
  type: string;
  /** The account above it, where it is below one. */
  parent: KnownAccount | undefined;
  /** Whether the newer ledger counts it among what was sold cost, or as money in hand or at a bank. */
  costOfSales: boolean;
  cash: boolean;
};

/** Finds accounts by what reports call them. Nothing is found where two accounts would fit. */
export type AccountIndex = {
  byId: (id: string) => KnownAccount | undefined;
  byCode: (code: string) => KnownAccount | undefined;
  /** By the names from the top down; the last one alone does where it is the only one of its type. */
  byNames: (type: string, names: readonly string[]) => KnownAccount | undefined;
  all: () => readonly KnownAccount[];
};

/** The same records that are served as `chartOfAccounts`, so that every id found here is one there. */
export async function accountIndex(projection: Projection): Promise<AccountIndex> {
  const ids = new Map<string, KnownAccount>();
  const codes = new Map<string, KnownAccount | 'several'>();
  const names = new Map<string, KnownAccount | 'several'>();
  const note = (map: typeof names, key: string, account: KnownAccount): unknown =>
    map.set(key, map.has(key) ? 'several' : account);
  const records = await held(projection);
  // Parents have the shorter paths: they are there before anything below them is.
  for (const record of records.sort((a, b) => a.path.length - b.path.length)) {
    const parent = one(names.get(record.path.slice(0, -1).join('\n')));
    const account = accountFrom(record, parent);
    ids.set(account.id, account);
    if (record.code !== undefined) note(codes, record.code, account);
    note(names, record.path.join('\n'), account);
    if (record.path.length > 2) note(names, `${account.type}\n\n${account.name}`, account);
  }
  return {
    byId: (id) => ids.get(id),
    byCode: (code) => one(codes.get(code)),
    byNames: (type, path) =>
      one(names.get([type, ...path].join('\n'))) ?? one(names.get(`${type}\n\n${path.at(-1) ?? ''}`)),
    all: () => [...ids.values()],
  };
}

function one(found: KnownAccount | 'several' | undefined): KnownAccount | undefined {
  return found === 'several' ? undefined : found;
}

type Held = { id: string; code: string | undefined; path: string[]; category: string; bank: boolean };

async function held(projection: Projection): Promise<Held[]> {
  const found: Held[] = [];
  for await (const { id, record } of projectAccounts({ rows: projection.rows, onQuarantine: () => {} })) {
    const [type, name] = [textOf(record['type']), textOf(record['name'])];
    const category = textOf(record['fullyQualifiedCategory']) ?? '';
    // The category of an account below another is `Type.Parent`, whatever points a name may have.
    const above = category.slice((type ?? '').length + 1);
    const path = [type, above, name].flatMap((part) => (part === undefined || part === '' ? [] : [part]));
    const code = textOf(record['nominalCode']);
    found.push({ id, code, path, category, bank: record['isBankAccount'] === true });
  }
  return found;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? text(value) : undefined;
}

function accountFrom({ id, path, bank }: Held, parent: KnownAccount | undefined): KnownAccount {
  const [type = 'Unknown', ...names] = path;
  const called = names.join(' ');
  return {
    id,
    name: names.at(-1) ?? id,
    type,
    parent,
    costOfSales: type === 'Expense' && /cost of (goods|sales)/i.test(called),
    cash: type === 'Asset' && (bank || /^(petty )?cash\b|\bbank\b/i.test(names[0] ?? '')),
  };
}
