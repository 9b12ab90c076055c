import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { account, detail, ledgerAccount, subAccount } from './ledger-rows.ts';
import { only, projected } from './rows.ts';

describe('a journal entry', () => {
  it('has all its lines, debit positive and credit negative, and what it was booked for', async () => {
    const record = await only('journalEntries', {
      journal_entry_details: [
        detail(100, 9, { debit: '113.00' }),
        detail(101, 9, { credit: '100.00' }, { sub_account: null }),
        detail(102, 9, { credit: '13.00' }, { description: 'HST' }),
      ],
    });

    expect(record).toEqual({
      id: '9',
      description: 'Invoice 0000013',
      postedOn: '2026-06-20T00:00:00',
      recordRef: { id: '4', dataType: 'invoices' },
      journalLines: [
        {
          netAmount: 113,
          currency: 'CAD',
          accountRef: { id: '11', name: 'Trade' },
          contactRef: { id: '17', dataType: 'customers' },
        },
        {
          netAmount: -100,
          currency: 'CAD',
          accountRef: { id: '1', name: 'Receivables' },
          contactRef: { id: '17', dataType: 'customers' },
        },
        {
          description: 'HST',
          netAmount: -13,
          currency: 'CAD',
          accountRef: { id: '11', name: 'Trade' },
          contactRef: { id: '17', dataType: 'customers' },
        },
      ],
      metadata: { isDeleted: false },
    });
  });

  it('made by hand refers to no record', async () => {
    const entry = { entryid: 9, clientid: null, invoiceid: null };
    const record = await only('journalEntries', {
      journal_entry_details: [
        detail(1, 9, { debit: '5.00' }, { entry }),
        detail(2, 9, { credit: '5.00' }, { entry }),
      ],
    });

    expect(record).not.toHaveProperty('recordRef');
  });

  it.each([
    ['is short of a line', [detail(1, 9, { debit: '5.00' })], 'its lines add up to 5, not zero'],
    [
      'has a line that cannot be read',
      [detail(1, 9, { debit: '5.00' }), detail(2, 9, { credit: 'five' })],
      /^line 2: unexpected credit/,
    ],
  ])('that %s is left out with the reason', async (_, rows, reason) => {
    const { records, quarantined } = await projected('journalEntries', { journal_entry_details: rows });

    expect(records).toEqual([]);
    expect(quarantined).toMatchObject([
      { id: '9', reason: reason instanceof RegExp ? expect.stringMatching(reason) : reason },
    ]);
  });

  it('whose lines are all gone is deleted, and keeps them', async () => {
    const rows = [detail(1, 9, { debit: '5.00' }), detail(2, 9, { credit: '5.00' })];
    const { records } = await projected('journalEntries', { journal_entry_details: rows }, ['1', '2']);

    expect(records).toMatchObject([
      { id: '9', deleted: true, record: { journalLines: [{ netAmount: 5 }, { netAmount: -5 }] } },
    ]);
  });

  it('that was gone before all its lines were read is deleted, and needs not add up', async () => {
    const rows = [detail(1, 9, { debit: '5.00' })];
    const { records, quarantined } = await projected('journalEntries', { journal_entry_details: rows }, [
      '1',
    ]);

    expect(quarantined).toEqual([]);
    expect(records).toMatchObject([{ id: '9', deleted: true }]);
  });

  it('adds up to zero, however its lines lie between those of others', async () => {
    const cents = fc.integer({ min: 1, max: 1_000_000 });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(cents, cents), { minLength: 1, maxLength: 20 }), async (pairs) => {
        const rows = pairs.flatMap(([one, two], index) => [
          detail(index + 1, index + 1, { debit: ((one + two) / 100).toFixed(2) }),
          detail(index + 101, index + 1, { credit: (one / 100).toFixed(2) }),
          detail(index + 201, index + 1, { credit: (two / 100).toFixed(2) }),
        ]);
        const { records, quarantined } = await projected('journalEntries', { journal_entry_details: rows });

        expect(quarantined).toEqual([]);
        expect(records.map(({ id }) => Number(id))).toEqual(pairs.map((_, index) => index + 1));
        for (const { record } of records) expect(record['journalLines']).toHaveLength(3);
      }),
      { numRuns: 50 },
    );
  });
});

describe('the chart of accounts', () => {
  it('has each account and each below one, named by the path to it', async () => {
    const { records } = await projected('chartOfAccounts', {
      journal_entry_accounts: [
        account(1, '1200', 'Receivables', { sub_accounts: [subAccount(11, 1, '1', 'Trade')] }),
      ],
    });

    expect(records.map(({ record }) => record)).toEqual([
      {
        id: '1',
        nominalCode: '1200',
        name: 'Receivables',
        fullyQualifiedCategory: 'Asset',
        fullyQualifiedName: 'Asset.Receivables',
        currency: 'CAD',
        currentBalance: 141.12,
        type: 'Asset',
        status: 'Active',
        isBankAccount: false,
        validDatatypeLinks: [],
        metadata: { isDeleted: false },
      },
      {
        id: '11',
        nominalCode: '1200-1',
        name: 'Trade',
        fullyQualifiedCategory: 'Asset.Receivables',
        fullyQualifiedName: 'Asset.Receivables.Trade',
        currency: 'CAD',
        currentBalance: 40.5,
        type: 'Asset',
        status: 'Active',
        isBankAccount: false,
        validDatatypeLinks: [],
        metadata: { isDeleted: false },
      },
    ]);
  });

  it('learns from the newer ledger what is a bank account and what is archived, by id or by number', async () => {
    const { records } = await projected('chartOfAccounts', {
      journal_entry_accounts: [
        account(1, '1000', 'Cash', { sub_accounts: [subAccount(11, 1, '1', 'Petty Cash')] }),
        account(2, '1500', 'Equipment'),
      ],
      ledger_accounts: [
        ledgerAccount('u-1', { jea_id: 1, number: '9999' }),
        ledgerAccount('u-2', { number: '1000-1', state: 'archived' }),
      ],
    });

    const told = records.map(({ id, record }) => [
      id,
      record['isBankAccount'],
      record['status'],
      record['sourceModifiedDate'],
    ]);
    expect(told).toEqual([
      ['1', true, 'Active', '2026-06-20T14:33:48Z'],
      ['2', false, 'Active', undefined],
      ['11', true, 'Archived', '2026-06-20T14:33:48Z'],
    ]);
  });

  it('has the accounts that only the newer ledger knows', async () => {
    const { records } = await projected('chartOfAccounts', {
      journal_entry_accounts: [account(1, '1000', 'Cash')],
      ledger_accounts: [
        ledgerAccount('u-1'),
        ledgerAccount('u-2', { name: 'Till', number: '1000-7', parent_account: 'u-1' }),
      ],
    });

    expect(records.map(({ id }) => id)).toEqual(['1', 'u-2']);
    expect(records[1]?.record).toMatchObject({
      nominalCode: '1000-7',
      fullyQualifiedName: 'Asset.Cash.Till',
      isBankAccount: true,
    });
  });

  it('gives an id to one account only, and says which one it left out', async () => {
    const { records, quarantined } = await projected('chartOfAccounts', {
      journal_entry_accounts: [
        account(1, '1000', 'Cash', { sub_accounts: [subAccount(1, 1, '1', 'Petty Cash')] }),
      ],
    });

    expect(records.map(({ record }) => record['name'])).toEqual(['Cash']);
    expect(quarantined).toEqual([
      { resource: 'journal_entry_accounts', id: '1', reason: 'two accounts have this id' },
    ]);
  });
});
