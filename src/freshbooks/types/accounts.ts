import * as z from 'zod';
import { because, type RowType } from './mapping.ts';
import { Id, OptionalDecimal, Text } from './wire.ts';

const SubAccount = z.object({
  sub_accountid: Id.optional(),
  id: Id.optional(),
  account_sub_name: Text,
  account_sub_number: Text,
  account_type: Text,
  balance: OptionalDecimal,
  currency_code: Text,
});
export type SubAccount = z.infer<typeof SubAccount>;

/** An account of the chart with the accounts below it, freshbooks-api §3A.16: the ids that the journal books on. */
export const JournalAccount = z.object({
  id: Id,
  account_name: Text,
  account_number: Text,
  account_type: Text,
  balance: OptionalDecimal,
  currency_code: Text,
  sub_accounts: z.array(SubAccount).nullish(),
});
export type JournalAccount = z.infer<typeof JournalAccount>;

export const journalAccounts = {
  schema: JournalAccount,
  fates: {
    mapped: [
      ...Object.keys(JournalAccount.shape),
      ...Object.keys(SubAccount.shape).map((field) => `sub_accounts.${field}`),
    ],
    ignored: {
      accountid: because.duplicateId,
      accounting_systemid: because.account,
      created_at: because.noPlace,
      'sub_accounts.created_at': because.noPlace,
      'sub_accounts.custom': because.noPlace,
      'sub_accounts.parentid': because.computed,
      'sub_accounts.transaction_posted': because.internal,
    },
    vocabulary: { account_type: ['asset', 'liability', 'equity', 'income', 'expense'] },
  },
} as const satisfies RowType<JournalAccount>;

/** The same account in the newer ledger, freshbooks-api §3A.16: it alone tells what is a bank account or archived. */
export const LedgerAccount = z.object({
  uuid: Id,
  name: Text,
  number: Text,
  description: Text,
  type: Text,
  sub_type: Text,
  parent_account: Text,
  state: Text,
  jea_id: Text,
  jesa_id: Text,
  updated_at: Text,
});
export type LedgerAccount = z.infer<typeof LedgerAccount>;

export const ledgerAccounts = {
  schema: LedgerAccount,
  fates: {
    mapped: Object.keys(LedgerAccount.shape),
    ignored: {
      id: because.duplicateId,
      sub_accounts: because.computed,
      category_id: because.noPlace,
      system_account_name: because.noPlace,
      auto_created: because.internal,
    },
    vocabulary: { state: ['active', 'archived', 'inactive'] },
  },
} as const satisfies RowType<LedgerAccount>;
