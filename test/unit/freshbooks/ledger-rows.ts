import { money } from './rows.ts';

// Rows of the journal and the chart of accounts, made to the facts of FreshBooks' replies.
type Fields = Record<string, unknown>;
type Side = { debit: string } | { credit: string };

/** One line of an entry, on the account below `1200` that has this id. */
export function detail(id: number, entryid: number, side: Side, more: Fields = {}): Fields {
  return {
    id,
    detailid: id,
    name: 'Invoice 0000013',
    description: null,
    detail_type: 'sales',
    user_entered_date: '2026-06-20',
    debit: 'debit' in side ? money(side.debit) : null,
    credit: 'credit' in side ? money(side.credit) : null,
    account: {
      id: 1,
      accountid: 1,
      account_name: 'Receivables',
      account_number: '1200',
      account_type: 'asset',
    },
    sub_account: {
      id: 11,
      sub_accountid: 11,
      parentid: 1,
      account_sub_name: 'Trade',
      account_sub_number: '1',
    },
    entry: {
      id: entryid,
      entryid,
      clientid: 17,
      invoiceid: 4,
      paymentid: null,
      expenseid: null,
      creditid: null,
      incomeid: null,
    },
    ...more,
  };
}

export function account(id: number, account_number: string, name: string, more: Fields = {}): Fields {
  return {
    id,
    accountid: id,
    account_name: name,
    account_number,
    account_type: 'asset',
    balance: '141.12',
    currency_code: 'CAD',
    sub_accounts: [],
    ...more,
  };
}

export function subAccount(id: number, parentid: number, number: string, name: string): Fields {
  return {
    id,
    sub_accountid: id,
    parentid,
    account_sub_name: name,
    account_sub_number: number,
    account_type: 'asset',
    balance: '40.50',
    currency_code: 'CAD',
    custom: false,
  };
}

export function ledgerAccount(uuid: string, more: Fields = {}): Fields {
  return {
    uuid,
    name: 'Cash',
    number: '1000',
    description: 'What is in the till',
    type: 'asset',
    sub_type: 'Cash & Bank',
    parent_account: null,
    sub_accounts: [],
    state: 'active',
    auto_created: true,
    updated_at: '2026-06-20T14:33:48.841075Z',
    ...more,
  };
}
