import type { UnifiedRecord } from '../../app/ports.ts';
import { compareIds } from '../ids.ts';
import { JournalAccount } from '../types/accounts.ts';
import { toAccount, toLedgerAccount, toSubAccount } from '../types/chart-of-accounts.ts';
import { collected } from './in-id-order.ts';
import { ledgerOf } from './ledger.ts';
import { mapped, type Projection, typed, unified } from './rows.ts';

const resource = 'journal_entry_accounts';

/**
 * The chart of accounts: each account and each account below one, under the ids that the journal books on. What only
 * the newer ledger knows is added from there, and accounts that only the ledger has follow under their own ids.
 */
export async function* projectAccounts(projection: Projection): AsyncGenerator<UnifiedRecord> {
  const ledger = await ledgerOf(projection);
  const below: UnifiedRecord[] = [];
  const above = await collected(
    mapped(resource, projection, (row) => {
      const account = typed(JournalAccount, row);
      for (const sub of account.sub_accounts ?? []) {
        const record = toSubAccount(account, sub, ledger.take);
        below.push(unified({ id: String(record['id']), deleted: row.deleted }, record));
      }
      return toAccount(account, ledger.take, row.deleted);
    }),
  );
  const others = ledger
    .left()
    .map(({ account, parent, deleted }) =>
      unified({ id: String(account.uuid), deleted }, toLedgerAccount(account, parent, deleted)),
    );
  yield* unique([...above, ...below, ...others], projection).sort((a, b) => compareIds(a.id, b.id));
}

/** Accounts and those below them are numbered each on their own: should two meet, the first one keeps the id. */
function unique(records: readonly UnifiedRecord[], { onQuarantine }: Projection): UnifiedRecord[] {
  const kept = new Map<string, UnifiedRecord>();
  for (const record of records) {
    const { id } = record;
    if (kept.has(id)) onQuarantine({ resource, id, reason: 'two accounts have this id' });
    else kept.set(id, record);
  }
  return [...kept.values()];
}
