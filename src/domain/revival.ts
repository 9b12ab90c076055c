import type { Connection } from './connection.ts';
import { link } from './connection-moves.ts';
import type { Instant } from './instant.ts';
import { typesOnFirstLink } from './schedule.ts';
import type { SyncSettings } from './sync-settings.ts';

/** The connection linked again after it had lost access, because its grant has it again; otherwise `undefined`. */
export function revived(
  connection: Connection,
  by: { grantId: string; settings: SyncSettings; now: Instant; newId: () => string },
): Connection | undefined {
  const { business, state, grantId, erasing } = connection;
  if (state !== 'Deauthorized' || grantId !== by.grantId || erasing !== undefined) return undefined;
  if (business === undefined) return undefined;
  const fetchTypes = typesOnFirstLink(by.settings, connection.syncSettings);
  return { ...link(connection, { ...by, business, fetchTypes }), authorised: by.now };
}
