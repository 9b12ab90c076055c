import type { Day } from '../instant.ts';
import { asNumber, sum } from '../money.ts';
import type { AgedDebtorReport } from '../unified/aged-report.ts';
import type { OpenItem } from './open-items.ts';

/** So many periods of so many days, back from the day of the report; the oldest one has no beginning. */
export type AgeWish = { reportDate: Day; numberOfPeriods: number; periodLengthDays: number };

/** One contact's open items by currency and age. */
export type AgedContact = {
  contact: OpenItem['contact'];
  agedCurrencyOutstanding: AgedDebtorReport['data'][number]['agedCurrencyOutstanding'];
};

/** Before any books. */
const always = '0001-01-01';

/** Open items by contact and currency, each with all the periods, the newest first. */
export function ageItems(items: readonly OpenItem[], wish: AgeWish): AgedContact[] {
  const periods = periodsOf(wish);
  return [...Map.groupBy(items, ({ contact }) => contact?.id)]
    .sort(([a = '~'], [b = '~']) => (a.length - b.length !== 0 ? a.length - b.length : a < b ? -1 : 1))
    .map(([, own]) => ({
      contact: own.find(({ contact }) => contact?.name !== undefined)?.contact ?? own[0]?.contact,
      agedCurrencyOutstanding: [...Map.groupBy(own, ({ currency }) => currency)]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([currency, of]) => ({
          currency,
          agedOutstandingAmounts: periods.map((period) => agedIn(of, period)),
        })),
    }));
}

type Period = { from: Day; to: Day };

function agedIn(items: readonly OpenItem[], { from, to }: Period) {
  const meant = items.filter(({ since }) => since >= from && since <= to);
  return {
    fromDate: `${from}T00:00:00`,
    toDate: `${to}T00:00:00`,
    amount: asNumber(sum(meant.map(({ amount }) => amount))),
    details: [...Map.groupBy(meant, ({ kind }) => kind)].map(([name, of]) => ({
      name,
      amount: asNumber(sum(of.map(({ amount }) => amount))),
    })),
  };
}

function periodsOf({ reportDate, numberOfPeriods, periodLengthDays }: AgeWish): Period[] {
  return Array.from({ length: numberOfPeriods }, (_, n) => {
    const to = daysBefore(reportDate, n * periodLengthDays);
    const from = daysBefore(reportDate, (n + 1) * periodLengthDays - 1);
    return { from: n === numberOfPeriods - 1 ? always : from, to };
  });
}

function daysBefore(day: Day, count: number): Day {
  return new Date(Date.parse(`${day}T00:00:00Z`) - count * 86_400_000).toISOString().slice(0, 10);
}
