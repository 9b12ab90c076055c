import { DatabaseSync } from 'node:sqlite';
import { type Collection, makeCollection } from './collection.ts';
import { type Documents, makeDocuments } from './documents.ts';
import { isRow, parseJson, type Row } from './json.ts';
import { makeTransactions, type Transactions } from './transactions.ts';

/**
 * Everything the simulator remembers: read from memory, written through to SQLite before a change is acknowledged,
 * so that a kill at any moment loses no answered call. Writing is only possible inside `transaction`, which is all
 * or nothing in memory as well.
 */
export type Store = {
  rows(account: string, resource: string): Collection;
  documents(kind: string): Documents;
  transaction<T>(work: () => T): T;
  close(): void;
};

// Normal synchronous with a write-ahead log outlives the process being killed at any moment, which is what is
// promised; only a power cut could take the last commits.
const schema = `
  pragma journal_mode = wal; pragma synchronous = normal;
  create table if not exists rows (account text, resource text, id integer, body text,
    primary key (account, resource, id)) without rowid;
  create table if not exists documents (kind text, key text, body text, primary key (kind, key));
`;

const parsed = (text: unknown): Row => {
  const value = parseJson(String(text));
  return isRow(value) ? value : {};
};

/** Makes on first use, then gives the same one. */
const once = <T>(make: (key: string) => T): ((key: string) => T) => {
  const made = new Map<string, T>();
  return (key) => {
    const known = made.get(key) ?? make(key);
    made.set(key, known);
    return known;
  };
};

const openRows = (db: DatabaseSync, { write }: Transactions) => {
  const put = db.prepare('insert or replace into rows values (?, ?, ?, ?)');
  const drop = db.prepare('delete from rows where account = ? and resource = ? and id = ?');
  const collection = once((name) => {
    const [account = '', resource = ''] = name.split('/');
    const flush = (id: number): void => {
      const row = made.get(id);
      if (row) put.run(account, resource, id, JSON.stringify(row));
      else drop.run(account, resource, id);
    };
    const made: Collection = makeCollection({
      write: (id, back) => write({ key: `${name}/${id}`, back, flush: () => flush(id) }),
    });
    return made;
  });
  const rows = (account: string, resource: string): Collection => collection(`${account}/${resource}`);
  for (const row of db.prepare('select account, resource, body from rows').iterate()) {
    rows(String(row['account']), String(row['resource'])).load(parsed(row['body']));
  }
  return rows;
};

const openDocuments = (db: DatabaseSync, { write }: Transactions) => {
  const put = db.prepare('insert or replace into documents values (?, ?, ?)');
  const drop = db.prepare('delete from documents where kind = ? and key = ?');
  const kept = db.prepare('select key, body from documents where kind = ? order by rowid');
  return once((kind) => {
    const map = new Map<string, Row>();
    for (const row of kept.iterate(kind)) map.set(String(row['key']), parsed(row['body']));
    const flush = (key: string): void => {
      const row = map.get(key);
      if (row) put.run(kind, key, JSON.stringify(row));
      else drop.run(kind, key);
    };
    return makeDocuments(
      { write: (key, back) => write({ key: `document/${kind}/${key}`, back, flush: () => flush(key) }) },
      map,
    );
  });
};

/** A store that forgets everything when the process ends. */
export const forgetfulStore = (): Store => {
  const transactions = makeTransactions(undefined);
  const write = (key: string, back: () => void): void => transactions.write({ key, back });
  const collection = once((name) => makeCollection({ write: (id, back) => write(`${name}/${id}`, back) }));
  return {
    rows: (account, resource) => collection(`${account}/${resource}`),
    documents: once(() => makeDocuments({ write }, new Map())),
    transaction: transactions.run,
    close: () => {},
  };
};

/** Opens (or makes) a state file. */
export const openStore = (path: string): Store => {
  const db = new DatabaseSync(path);
  db.exec(schema);
  const transactions = makeTransactions(db);
  return {
    rows: openRows(db, transactions),
    documents: openDocuments(db, transactions),
    transaction: transactions.run,
    close: () => db.close(),
  };
};
