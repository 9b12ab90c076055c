import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { TransactWriteCommand, type TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import type { Tables } from './tables.ts';

/** `refused`: a condition does not hold. `crossed`: somebody else was writing one of the items at that moment. */
type Transacted = 'done' | 'refused' | 'crossed';

/** Writes all of it or nothing. */
export async function transact(
  tables: Tables,
  TransactItems: TransactWriteCommandInput['TransactItems'],
): Promise<Transacted> {
  try {
    await tables.send(new TransactWriteCommand({ TransactItems }));
    return 'done';
  } catch (error) {
    const reasons = error instanceof TransactionCanceledException ? (error.CancellationReasons ?? []) : [];
    const codes = new Set(reasons.map(({ Code }) => Code));
    if (codes.has('ConditionalCheckFailed')) return 'refused';
    if (codes.has('TransactionConflict')) return 'crossed';
    throw error;
  }
}
