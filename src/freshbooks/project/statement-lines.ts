import type { Big } from 'big.js';
import { asNumber, sum } from '../../domain/money.ts';
import { matters } from '../../domain/statements/add-lines.ts';
import type { ReportLine } from '../../domain/unified/report-line.ts';
import type { KnownAccount } from './account-index.ts';

/** A line of an account that may be in the chart, without what comes to nothing below it. */
export function lineOf(
  account: KnownAccount | undefined,
  name: string,
  value: Big,
  items: readonly ReportLine[] = [],
): ReportLine {
  return { accountId: account?.id ?? null, name, value: asNumber(value), items: items.filter(matters) };
}

/** A section of a statement, which is no account. */
export function section(name: string, value: Big, items: readonly ReportLine[] = []): ReportLine {
  return lineOf(undefined, name, value, items);
}

type Amount = { account: KnownAccount; value: Big };

/** Amounts by account as lines, those below an account within it. */
export function accountLines(amounts: readonly Amount[]): ReportLine[] {
  const tops = new Map<string, { account: KnownAccount; own: Big[]; below: Amount[] }>();
  for (const amount of amounts) {
    const top = amount.account.parent ?? amount.account;
    const held = tops.get(top.id) ?? { account: top, own: [], below: [] };
    tops.set(top.id, held);
    if (amount.account.parent === undefined) held.own.push(amount.value);
    else held.below.push(amount);
  }
  return [...tops.values()]
    .map(({ account, own, below }) =>
      lineOf(
        account,
        account.name,
        sum([...own, ...below.map(({ value }) => value)]),
        below.map((one) => lineOf(one.account, one.account.name, one.value)),
      ),
    )
    .filter(matters);
}
