import type { CompanyToken, CompanyTokens, CountCall, IdempotentCalls } from '../../src/app/ports.ts';
import type { IdempotentCall } from '../../src/domain/idempotent-call.ts';
import { MemoryTable } from './memory-table.ts';

/** Calls with an Idempotency-Key in memory. */
export function memoryCalls(): IdempotentCalls {
  const table = new MemoryTable<IdempotentCall>('call');
  return { change: (id, decide) => table.changeOrMake(id, decide) };
}

/** Counters of requests in memory. */
export function memoryCountCall(): CountCall {
  const table = new MemoryTable<number>('count');
  return (keyId, { start }) =>
    table.changeOrMake(`${keyId} ${start}`, (used = 0) => ({ next: used + 1, result: used + 1 }));
}

/** Access tokens of companies in memory. They do not vanish by themselves. */
export function memoryCompanyTokens(): CompanyTokens {
  const table = new MemoryTable<CompanyToken>('access token');
  return { insert: (token) => table.insert(token.digest, token), find: (digest) => table.find(digest) };
}
