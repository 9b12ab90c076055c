import type { DatabaseSync } from 'node:sqlite';
import type { Adapter, AdapterFactory, AdapterPayload } from 'oidc-provider';
import { z } from 'zod';

const Row = z.object({ payload: z.string(), expires: z.number().nullable() });

/** What the provider must find again (sessions, grants, codes), in one SQLite file; it ends by the shared clock. */
export function makeSignInStore(database: DatabaseSync, now: () => number): AdapterFactory {
  database.exec(
    `CREATE TABLE IF NOT EXISTS sign_in (kind TEXT NOT NULL, id TEXT NOT NULL, payload TEXT NOT NULL,
     uid TEXT, grant_id TEXT, expires INTEGER, PRIMARY KEY (kind, id))`,
  );
  const insert = database.prepare(
    'INSERT OR REPLACE INTO sign_in (kind, id, payload, uid, grant_id, expires) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const byId = database.prepare('SELECT payload, expires FROM sign_in WHERE kind = ? AND id = ?');
  const byUid = database.prepare('SELECT payload, expires FROM sign_in WHERE kind = ? AND uid = ?');
  const remove = database.prepare('DELETE FROM sign_in WHERE kind = ? AND id = ?');
  const removeGrant = database.prepare('DELETE FROM sign_in WHERE grant_id = ?');
  const removeOld = database.prepare('DELETE FROM sign_in WHERE expires < ?');
  const read = (row: unknown): AdapterPayload | undefined => {
    const parsed = Row.safeParse(row);
    if (!parsed.success || (parsed.data.expires !== null && parsed.data.expires < now())) return undefined;
    return z.record(z.string(), z.unknown()).parse(JSON.parse(parsed.data.payload));
  };
  return (kind): Adapter => ({
    upsert: async (id, payload, seconds) => {
      removeOld.run(now());
      const expires = seconds === undefined || !Number.isFinite(seconds) ? null : now() + seconds * 1000;
      insert.run(kind, id, JSON.stringify(payload), payload.uid ?? null, payload.grantId ?? null, expires);
    },
    find: async (id) => read(byId.get(kind, id)),
    findByUid: async (uid) => read(byUid.get(kind, uid)),
    findByUserCode: async () => undefined,
    consume: async (id) => {
      const payload = read(byId.get(kind, id));
      if (!payload) return;
      const { expires } = Row.parse(byId.get(kind, id));
      const consumed = { ...payload, consumed: Math.floor(now() / 1000) };
      insert.run(kind, id, JSON.stringify(consumed), payload.uid ?? null, payload.grantId ?? null, expires);
    },
    destroy: async (id) => {
      remove.run(kind, id);
    },
    revokeByGrantId: async (grantId) => {
      removeGrant.run(grantId);
    },
  });
}
