import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { isReport, reportAddress, reportIn, reports } from '../../src/freshbooks/reports.ts';
import { accounts, type Bench, call, startBench } from './harness.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await startBench({ account: accounts.tiny });
});
afterAll(() => bench.close());

const business = {
  identityId: '1',
  accountId: accounts.tiny,
  businessId: '8104533',
  businessUuid: '0f6b2a90-52d7-4a5e-8e43-6b0c9d3f1a22',
  name: 'Tiny Studio',
};
/** Those that FreshBooks’ own pages name and the simulator leaves out. */
const unanswered = ['item_sales', 'revenue_by_client'];

describe('a report that the source asks for', () => {
  it.each(Object.keys(reports).filter((name) => !unanswered.includes(name)))(
    'is one to it, without a token: %s',
    async (name) => {
      if (!isReport(name)) throw new Error(`${name} is no report`);
      const address = reportAddress(reports[name], business, { start: '2025-01-01', end: '2026-12-31' });
      const got = await call('GET', `${bench.url}${address}`, { token: bench.token });
      const report = reportIn(got.json, reports[name], name);

      expect(report).toBeTruthy();
      expect(JSON.stringify(report)).not.toContain('download_token');
    },
  );
});
