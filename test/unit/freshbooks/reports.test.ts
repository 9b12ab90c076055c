import { describe, expect, it } from '@jest/globals';
import { reportAddress, reportIn, reports } from '../../../src/freshbooks/reports.ts';
import { business } from './fake-freshbooks.ts';
import { money } from './rows.ts';

const asked = { start: '2026-01-01', end: '2026-06-30' };
const wrapped = (key: string, report: unknown): unknown => ({ response: { result: { [key]: report } } });

describe('a report', () => {
  it('is asked for with the days it is of, a balance sheet with the last of them', () => {
    expect(reportAddress(reports.taxsummary, business, { ...asked, currency: 'CAD' })).toBe(
      '/accounting/account/AcC0nt/reports/accounting/taxsummary?start_date=2026-01-01&end_date=2026-06-30&currency_code=CAD',
    );
    expect(reportAddress(reports.balance_sheet, business, asked)).toBe(
      '/accounting/account/AcC0nt/reports/accounting/balance_sheet?dates%5B%5D=2026-06-30',
    );
  });

  it('of the newer kind is nowhere for a business without the id in its path', () => {
    expect(reportAddress(reports.profit_and_loss, business, asked)).toBeUndefined();
    expect(reportAddress(reports.profit_and_loss, { ...business, businessUuid: 'u' }, asked)).toBe(
      '/accounting/businesses/u/reports/profit_and_loss?start_date=2026-01-01&end_date=2026-06-30',
    );
  });

  it('is kept whole, but for the token that downloads it', () => {
    const report = { currency_code: 'CAD', taxes: [{ tax_name: 'HST' }], total_invoiced: money('5.00') };

    expect(
      reportIn(
        wrapped('taxsummary', { ...report, download_token: 'canary' }),
        reports.taxsummary,
        'taxsummary',
      ),
    ).toEqual(report);
  });

  it.each([
    ['under another name', wrapped('taxes', { taxes: [], total_invoiced: money('5.00') })],
    ['without its rows', wrapped('taxsummary', { total_invoiced: money('5.00') })],
    ['with a total that is no amount', wrapped('taxsummary', { taxes: [], total_invoiced: 'much' })],
  ])('%s is none', (_, body) => {
    expect(() => reportIn(body, reports.taxsummary, 'taxsummary')).toThrow(/something else than the report/);
  });
});
