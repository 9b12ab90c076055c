import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import type { Clock, Grants, LinkAttempts } from '../../app/ports.ts';
import { Grant, LinkAttempt } from '../../domain/grant.ts';
import { millisOf } from '../../domain/instant.ts';
import { changeItem, findItem, type ItemKind, insertItem } from './change-item.ts';
import { attemptKey, grantKey } from './keys.ts';
import type { Tables } from './tables.ts';

/** An attempt is of no use after its ten minutes; the table forgets it a day later, for whoever asks what happened. */
const keptSeconds = 86_400;
/** What was imported is known for longer: a token that was spent here is never shown again. */
const importKeptSeconds = 400 * 86_400;

/** Grants in their own table, which only `oauth` and `sync-worker` may touch. */
export function makeGrants(tables: Tables, table: string): Grants {
  const kind: ItemKind<Grant> = { tables, table, schema: Grant };
  return {
    find: (grantId) => findItem(kind, grantKey(grantId)),
    change: (grantId, decide) => changeItem(kind, grantKey(grantId), decide),
    remove: (grantId, epoch) => removeGrant(tables, table, grantId, epoch),
  };
}

async function removeGrant(tables: Tables, table: string, grantId: string, epoch?: number): Promise<void> {
  try {
    await tables.send(
      new DeleteCommand({
        TableName: table,
        Key: grantKey(grantId),
        ...(epoch === undefined
          ? {}
          : {
              ConditionExpression: 'body.epoch = :epoch',
              ExpressionAttributeValues: { ':epoch': epoch },
            }),
      }),
    );
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
  }
}

/** Link attempts beside the grants: they hold pairs too. DynamoDB removes expired items late, so reads check. */
export function makeLinkAttempts(tables: Tables, table: string, clock: Clock): LinkAttempts {
  const expiry = ({ created, imported }: LinkAttempt) =>
    Math.floor(millisOf(created) / 1000) + (imported === true ? importKeptSeconds : keptSeconds);
  const live = (attempt: LinkAttempt | undefined) =>
    attempt !== undefined && expiry(attempt) * 1000 > millisOf(clock()) ? attempt : undefined;
  const kind: ItemKind<LinkAttempt> = {
    tables,
    table,
    schema: LinkAttempt,
    attributes: (attempt) => ({ ttl: expiry(attempt) }),
  };
  return {
    insert: (attempt) => insertItem(kind, attemptKey(attempt.id), attempt),
    find: async (id) => live(await findItem(kind, attemptKey(id))),
    change: (id, decide) =>
      changeItem(kind, attemptKey(id), (current) => {
        const attempt = live(current);
        return attempt === undefined ? { result: undefined } : decide(attempt);
      }),
    remove: async (id) => {
      await tables.send(new DeleteCommand({ TableName: table, Key: attemptKey(id) }));
    },
  };
}
