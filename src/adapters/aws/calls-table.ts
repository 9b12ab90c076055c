import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { CompanyToken, CompanyTokens, CountCall, IdempotentCalls } from '../../app/ports.ts';
import { IdempotentCall } from '../../domain/idempotent-call.ts';
import { millisOf } from '../../domain/instant.ts';
import { changeItem, findItem, type ItemKind, insertItem } from './change-item.ts';
import { callCountKey, callKey, companyTokenKey } from './keys.ts';
import type { Tables } from './tables.ts';

/** Calls with an Idempotency-Key, in the table of calls; it forgets them some time after they expire. */
export function makeIdempotentCalls(tables: Tables, table: string): IdempotentCalls {
  const kind: ItemKind<IdempotentCall> = {
    tables,
    table,
    schema: IdempotentCall,
    attributes: ({ expires }) => ({ ttl: Math.ceil(millisOf(expires) / 1000) }),
  };
  return {
    change: (id, decide) => changeItem(kind, callKey(id), decide),
  };
}

const Counted = z.object({ used: z.number().int() });

/** Counters of requests, an item for each key and minute. */
export function makeCountCall(tables: Tables, table: string): CountCall {
  return async (keyId, { start, end }) => {
    const { Attributes } = await tables.send(
      new UpdateCommand({
        TableName: table,
        Key: callCountKey(keyId, start),
        UpdateExpression: 'ADD #used :one SET #ttl = :ttl',
        ExpressionAttributeNames: { '#used': 'used', '#ttl': 'ttl' },
        ExpressionAttributeValues: { ':one': 1, ':ttl': Math.ceil(millisOf(end) / 1000) },
        ReturnValues: 'ALL_NEW',
      }),
    );
    return Counted.parse(Attributes).used;
  };
}

const StoredToken: z.ZodType<CompanyToken> = z.object({
  digest: z.string(),
  companyId: z.string(),
  expires: z.string(),
  keyId: z.string().exactOptional(),
});

/** Access tokens of companies: a day, and nobody misses one that is lost. */
export function makeCompanyTokens(tables: Tables, table: string): CompanyTokens {
  const kind: ItemKind<CompanyToken> = {
    tables,
    table,
    schema: StoredToken,
    attributes: ({ expires }) => ({ ttl: Math.ceil(millisOf(expires) / 1000) }),
  };
  return {
    insert: (token) => insertItem(kind, companyTokenKey(token.digest), token),
    find: (digest) => findItem(kind, companyTokenKey(digest)),
  };
}
