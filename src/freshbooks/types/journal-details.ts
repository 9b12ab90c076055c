import * as z from 'zod';
import { because, type RowType } from './mapping.ts';
import { Id, Money, Text } from './wire.ts';

const Account = z.object({ accountid: Text, account_name: Text });
const SubAccount = z.object({ sub_accountid: Text, account_sub_name: Text });
const Entry = z.object({
  entryid: Id,
  clientid: Text,
  creditid: Text,
  expenseid: Text,
  incomeid: Text,
  invoiceid: Text,
  paymentid: Text,
});

/** One line of an entry in the journal, freshbooks-api §3A.16: what was booked on one account. */
export const JournalDetail = z.object({
  id: Id,
  name: Text,
  description: Text,
  user_entered_date: Text,
  debit: Money,
  credit: Money,
  account: Account.nullish(),
  sub_account: SubAccount.nullish(),
  entry: Entry,
});
export type JournalDetail = z.infer<typeof JournalDetail>;

const within = (prefix: string, shape: object): string[] =>
  Object.keys(shape).map((field) => `${prefix}.${field}`);

export const journalDetails = {
  schema: JournalDetail,
  fates: {
    mapped: [
      ...Object.keys(JournalDetail.shape),
      ...within('account', Account.shape),
      ...within('sub_account', SubAccount.shape),
      ...within('entry', Entry.shape),
    ],
    ignored: {
      detailid: because.duplicateId,
      accounting_systemid: because.account,
      balance: because.computed,
      detail_type: because.noPlace,
      'account.id': because.duplicateId,
      'account.accounting_systemid': because.account,
      'account.account_number': because.include,
      'account.account_type': because.include,
      'sub_account.id': because.duplicateId,
      'sub_account.accounting_systemid': because.account,
      'sub_account.account_sub_number': because.include,
      'sub_account.parentid': because.include,
      'entry.id': because.duplicateId,
      'entry.accounting_systemid': because.account,
      'entry.categoryid': because.noPlace,
    },
  },
} as const satisfies RowType<JournalDetail>;
