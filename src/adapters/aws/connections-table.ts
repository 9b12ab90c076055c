import { DeleteCommand, QueryCommand, type QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import type { Connections } from '../../app/ports.ts';
import { Connection, type ConnectionRef } from '../../domain/connection.ts';
import { pendingSince } from '../../domain/pending-since.ts';
import { changeItem, findItem, type ItemKind, insertItem } from './change-item.ts';
import {
  companyKey,
  connectionKey,
  connectionRefOf,
  connectionSortPrefix,
  entities,
  pendingKey,
  type StateKey,
  slotKey,
} from './keys.ts';
import { outboxAttributes } from './outboxes.ts';
import { queryIndex, queryKeys } from './query-keys.ts';
import type { Tables } from './tables.ts';

/** Connections in the state table, each one item. */
export function makeConnections(tables: Tables, table: string): Connections {
  const kind: ItemKind<Connection> = { tables, table, schema: Connection, attributes: indexAttributes };
  const keyOf = (connection: Connection) =>
    connectionKey({ companyId: connection.companyId, connectionId: connection.id });
  return {
    insert: (connection) => insertItem(kind, keyOf(connection), connection),
    find: (ref) => findItem(kind, connectionKey(ref)),
    change: (ref, decide) =>
      changeItem(kind, connectionKey(ref), (connection) =>
        connection === undefined ? { result: undefined } : decide(connection),
      ),
    remove: async (ref) => {
      await tables.send(new DeleteCommand({ TableName: table, Key: connectionKey(ref) }));
    },
    ofCompany: (companyId) => ofCompany(tables, table, companyId),
    byLinkToken: async (token) =>
      refsOf(await queryIndex(tables, table, { name: 'by-link', attribute: 'link' }, token))[0],
    inSlot: async (slot) =>
      refsOf(await queryIndex(tables, table, { name: 'by-slot', attribute: 'slot' }, slotKey(slot))),
    pending: async (before) =>
      refsOf(
        await queryKeys(tables, {
          TableName: table,
          IndexName: 'by-pending',
          KeyConditionExpression: 'pending = :pending AND pendingSince < :before',
          ExpressionAttributeValues: { ':pending': pendingKey, ':before': before },
        }),
      ),
    onGrant: async (grantId) =>
      refsOf(await queryIndex(tables, table, { name: 'by-grant', attribute: 'grant' }, grantId)),
  };
}

/** What the indexes find a connection by; an attribute that is absent keeps it out of the index. */
function indexAttributes(connection: Connection): Record<string, string | undefined> {
  if (connection.removed !== undefined) return outboxAttributes(connection);
  const since = pendingSince(connection);
  return {
    ...outboxAttributes(connection),
    entity: entities.connection,
    created: connection.created,
    link: connection.linkToken,
    slot: connection.state === 'PendingAuth' ? undefined : slotKey(connection.slot),
    pending: since === undefined ? undefined : pendingKey,
    pendingSince: since,
    grant: connection.grantId,
  };
}

async function ofCompany(tables: Tables, table: string, companyId: string): Promise<Connection[]> {
  const found: Connection[] = [];
  let from: QueryCommandInput['ExclusiveStartKey'];
  do {
    const page = await tables.send(
      new QueryCommand({
        TableName: table,
        ConsistentRead: true,
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
        ExpressionAttributeValues: { ':pk': companyKey(companyId).pk, ':prefix': connectionSortPrefix },
        ExclusiveStartKey: from,
      }),
    );
    found.push(...(page.Items ?? []).map((item) => Connection.parse(item['body'])));
    from = page.LastEvaluatedKey;
  } while (from !== undefined);
  return found;
}

function refsOf(keys: StateKey[]): ConnectionRef[] {
  return keys.flatMap((key) => connectionRefOf(key) ?? []);
}
