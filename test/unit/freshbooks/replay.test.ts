import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { isResource } from '../../../src/freshbooks/catalog.ts';
import { replayBody } from '../../../src/freshbooks/replay.ts';
import { detail } from './ledger-rows.ts';
import { bill } from './purchase-rows.ts';
import { client, expense, invoice, money, payment, tax } from './rows.ts';

const root = join(import.meta.dirname, '../../..');

const listed = (plural: string, ...rows: unknown[]): string =>
  JSON.stringify({
    response: { result: { [plural]: rows, page: 1, pages: 1, per_page: 15, total: rows.length } },
  });
const single = (singular: string, row: unknown): string =>
  JSON.stringify({ response: { result: { [singular]: row } } });

const lineOf = (amount: string) => ({ description: 'Rent', data: [money(amount)], children: [] });
const profitLoss = () => ({
  currency_code: 'CAD',
  cash_based: false,
  labels: ['2026-05-01'],
  income: [lineOf('10.00')],
  expenses: [lineOf('4.00')],
  total_income: lineOf('10.00'),
  total_expenses: lineOf('4.00'),
  net_profit: lineOf('6.00'),
});
const balanceSheet = () => {
  const balances = [{ date: '2026-05-31', balance: money('12.00') }];
  return {
    currency_code: 'CAD',
    dates: ['2026-05-31'],
    assets_total: balances,
    data: [{ account_type: 'asset', accounts: [], balances }],
  };
};

describe('a recorded body', () => {
  it.each(
    [
      ['clients', listed('clients', client(12), client(7)), 'mapped 2: 7 12'],
      ['clients', single('client', client(12)), 'mapped 1: 12'],
      ['clients', listed('clients'), 'mapped 0:'],
      ['taxes', single('tax', tax(3, 'HST', '13')), 'mapped 1: 3'],
      ['taxes', '{"response":{}}', 'mapped 0:'],
      ['invoices', single('invoice', { id: 5, vis_state: 1 }), 'mapped 1: 5 XXX 0.00'],
      [
        'invoices',
        listed(
          'invoices',
          invoice(1),
          invoice(2),
          invoice(3, { amount: money('0.105', 'USD'), currency_code: 'USD' }),
        ),
        'mapped 3: 1 2 3 CAD 45.20, USD 0.105',
      ],
      [
        'payments',
        listed('payments', payment(1), payment(2, { amount: money(10.5) })),
        'mapped 2: 1 2 CAD 20.50',
      ],
      [
        'expenses',
        single('expense', expense(1, { id: '1', amount: money('39.991') })),
        'mapped 1: 1 CAD 39.991',
      ],
      [
        'expense_summaries',
        '{"response":{"result":{"summaries":[{"id":"grand_total","counts":0,"amounts":[]}]}}}',
        'mapped 1: grand_total',
      ],
      ['team_member_rates', '{"team_member_rate":{"identity_id":7,"rate":"35.00"}}', 'mapped 1: 7'],
      ['team_member_rates', '{"invitation_rates":[]}', 'other resource invitation_rates'],
      ['systems', single('system', { id: 9, currency_code: 'USD' }), 'mapped 1: 9'],
      ['users_me', '{"response":{"id":2192788}}', 'mapped 1: 2192788'],
      [
        'users_me',
        JSON.stringify({
          response: { id: 1, business_memberships: [{ role: 'owner', business: { id: 77 } }] },
        }),
        'mapped 1: 77',
      ],
      ['clients', single('client', client(1, { shoe_size: 43 })), 'mapped 1: 1 [new, kept raw: shoe_size]'],
      ['projects', '{"projects":[]}', 'mapped 0:'],
      ['services', '{"service":{"id":7,"name":"Design","vis_state":0}}', 'mapped 1: 7'],
      ['service_rates', '{"service_rates":[{"service_id":7,"rate":"45.00"}]}', 'mapped 1: 7'],
      ['tasks', single('task', { id: 9, name: 'Design', rate: money('80.00') }), 'mapped 1: 9'],
      ['ledger_accounts', '{"data":[{"uuid":"u-1","name":"Till","type":"asset"}]}', 'mapped 1: u-1'],
      [
        'journal_entry_details',
        listed('journal_entry_details', detail(1, 5, { debit: '5.00' }), detail(2, 5, { debit: '1.50' })),
        'mapped 2: 1 2',
      ],
      ['report_profitloss_entity', single('profitloss', profitLoss()), 'mapped 1: profitloss_entity'],
      ['report_balance_sheet', single('balance_sheet', balanceSheet()), 'mapped 1: balance_sheet'],
      ['journal', '{"entries":[]}', 'other resource'],
      ['retainers', '{"retainers":[{"id":2,"fee":"5.00"},{"id":1}]}', 'mapped 2: 1 2'],
      ['online_payments', '{"payment_options":{"entity_id":"64","gateway_name":"x"}}', 'mapped 1: 64'],
      ['staff', '{"response":{"id":7001,"business_group":{"members":[]}}}', 'mapped 1: 7001'],
      ['report_taxsummary', single('taxsummary', { taxes: [] }), 'mapped 1: taxsummary'],
      ['report_of_tomorrow', single('tomorrow', {}), 'other resource'],
      ['oauth_token', 'not even JSON', 'other resource'],
      ['error_clients', '{"response":{"errors":[{"errno":1012,"message":"x"}]}}', 'error body not-found'],
      ['error_x', '{"errno":2001,"error":{"title":"field required"}}', 'error body invalid'],
      [
        'clients',
        '{"response":{"errors":[{"errno":1003,"message":"Permission Denied."}]}}',
        'error body no-permission',
      ],
    ].map(([resource = '', body = '', line = '']) => ({ resource, body, line })),
  )('of $resource is told as $line', async ({ resource, body, line }) => {
    await expect(replayBody(resource, body)).resolves.toBe(line);
  });

  it.each([
    ['clients', '{"response":{"result":{"customers":[]}}}'],
    ['clients', '{"response":{"result":{"clients":[{"fname":"no id"}]}}}'],
    ['clients', '{"response":'],
    ['clients', '[]'],
    ['clients', ''],
    ['invoices', single('invoice', invoice(1, { amount: undefined }))],
    ['payments', single('payment', payment(1, { amount: money('ten') }))],
    ['users_me', '{"response":{}}'],
    ['report_taxsummary', single('taxsummary', {})],
    ['bills', single('bill', { ...bill(1), total_amount: money('ten') })],
    ['journal_entry_details', single('journal_entry_detail', { id: 1, debit: money('5.00') })],
    ['error_clients', '{"response":{"result":{}}}'],
    ['tasks', single('task', { id: 9, name: 'Design', rate: money('ten') })],
    [
      'journal_entry_details',
      single('journal_entry_detail', { ...detail(1, 5, { debit: '1.00' }), debit: money('ten') }),
    ],
    ['report_profitloss_entity', single('profitloss', { ...profitLoss(), labels: 7 })],
    ['report_balance_sheet', single('balance_sheet', { ...balanceSheet(), dates: [] })],
  ])('of %s that cannot be mapped has failed (%#)', async (resource, body) => {
    await expect(replayBody(resource, body)).resolves.toMatch(/^FAILED ./);
  });
});

async function replay(folder: string): Promise<{ code: number; lines: string[]; errors: string }> {
  const child = spawn(process.execPath, [join(root, 'bin/replay.ts'), folder]);
  const output: Buffer[] = [];
  const errors: Buffer[] = [];
  child.stdout.on('data', (chunk) => output.push(chunk));
  child.stderr.on('data', (chunk) => errors.push(chunk));
  const [code] = await once(child, 'close');
  const lines = Buffer.concat(output).toString().split('\n').filter(Boolean);
  return { code: Number(code), lines, errors: Buffer.concat(errors).toString() };
}

describe('replaying a folder', () => {
  it('tells each body in a line, and fails when one failed', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'replay-'));
    try {
      await mkdir(join(folder, 'good'));
      await writeFile(join(folder, 'good', 'clients__a__1.json'), single('client', client(1)));
      await writeFile(join(folder, 'good', 'index.md'), 'no body');
      await writeFile(join(folder, 'clients__a__1.json'), single('client', client(1)));
      await writeFile(join(folder, 'clients__a__2.json'), '{');

      await expect(replay(join(folder, 'good'))).resolves.toMatchObject({
        code: 0,
        lines: ['clients__a__1.json: mapped 1: 1'],
      });
      await expect(replay(folder)).resolves.toMatchObject({
        code: 1,
        lines: ['clients__a__1.json: mapped 1: 1', 'clients__a__2.json: FAILED not JSON'],
      });
    } finally {
      await rm(folder, { recursive: true });
    }
  }, 300_000);

  it('that is none says so and fails', async () => {
    await expect(replay('/nowhere/at/all')).resolves.toMatchObject({ code: 1, lines: [] });
  }, 300_000);
});

// Recordings of the live service and of other clients' tests; they are not part of this repository.
const recordings = join(root, '../shared/fixtures/freshbooks');
const whereRecorded = existsSync(recordings) ? describe : describe.skip;

whereRecorded('the recordings beside this repository (skipped where there are none)', () => {
  it('are all mapped, and hold no field that no table knows', async () => {
    const names = (await readdir(recordings)).filter((name) => name.includes('__'));
    const told = await Promise.all(
      names.map(async (name) => {
        const [resource = ''] = name.split('__');
        return {
          name,
          resource,
          line: await replayBody(resource, await readFile(join(recordings, name), 'utf8')),
        };
      }),
    );

    const bad = told.filter(({ line }) => /FAILED|\[new/.test(line));
    const unread = told.filter(({ resource, line }) => isResource(resource) && line === 'other resource');
    expect({ bad, unread }).toEqual({ bad: [], unread: [] });
    expect(told.length).toBeGreaterThan(100);
  });
});
