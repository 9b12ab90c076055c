import { LedgerAccount } from '../types/accounts.ts';
import type { FindLedger } from '../types/chart-of-accounts.ts';
import { reference, text } from '../types/wire.ts';
import { forEachRow, type Projection, typed } from './rows.ts';

type Held = { account: LedgerAccount; parent: LedgerAccount | undefined; deleted: boolean };

/** The accounts of the newer ledger, by the ids and numbers that the older chart knows them by. */
export type Ledger = {
  /** The ledger's account for one of the chart, which is then no longer left. */
  take: FindLedger;
  left: () => Held[];
};

export async function ledgerOf(projection: Projection): Promise<Ledger> {
  const byKey = new Map<string, LedgerAccount>();
  const byUuid = new Map<string, { account: LedgerAccount; deleted: boolean }>();
  await forEachRow('ledger_accounts', projection, (row) => {
    const account = typed(LedgerAccount, row);
    byUuid.set(row.id, { account, deleted: row.deleted });
    const [below, above, number] = [
      reference(account.jesa_id),
      reference(account.jea_id),
      text(account.number),
    ];
    if (below !== undefined) byKey.set(`below ${below}`, account);
    else if (above !== undefined) byKey.set(`above ${above}`, account);
    if (number !== undefined && !row.deleted) byKey.set(`number ${number}`, account);
  });
  const taken = new Set<LedgerAccount>();
  return {
    take: (level, id, number) => {
      const found = byKey.get(`${level} ${id}`) ?? byKey.get(`number ${number ?? ''}`);
      if (found !== undefined) taken.add(found);
      return found;
    },
    left: () =>
      [...byUuid.values()].flatMap(({ account, deleted }) => {
        const parent = byUuid.get(reference(account.parent_account) ?? '')?.account;
        return taken.has(account) ? [] : [{ account, parent, deleted }];
      }),
  };
}
