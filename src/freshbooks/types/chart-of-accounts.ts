import { asNumber } from '../../domain/money.ts';
import type { JournalAccount, LedgerAccount, SubAccount } from './accounts.ts';
import { amountOf, currency, present, text, utcStampOf } from './wire.ts';

/** The newer ledger's account of the same id, or else of the same number. */
export type FindLedger = (
  level: 'above' | 'below',
  id: string,
  number: string | undefined,
) => LedgerAccount | undefined;

/** An account of the unified shape. */
export function toAccount(
  account: JournalAccount,
  find: FindLedger,
  deleted: boolean,
): Record<string, unknown> {
  const id = String(account.id);
  const number = text(account.account_number);
  const name = text(account.account_name);
  const type = typeOf(account.account_type);
  return accountRecord({
    id,
    number,
    name,
    type,
    category: [type],
    path: [type, name],
    money: account,
    ledger: find('above', id, number),
    deleted,
  });
}

/** The unified account of one below another: its number is both of theirs, `1200-1`. */
export function toSubAccount(
  parent: JournalAccount,
  sub: SubAccount,
  find: FindLedger,
): Record<string, unknown> {
  const id = text(sub.sub_accountid ?? sub.id);
  if (id === undefined) throw new Error('sub_accounts.sub_accountid is missing');
  const numbers = [text(parent.account_number), text(sub.account_sub_number)];
  const number = numbers.includes(undefined) ? undefined : numbers.join('-');
  const type = typeOf(sub.account_type ?? parent.account_type);
  const [above, name] = [text(parent.account_name), text(sub.account_sub_name)];
  return accountRecord({
    id,
    number,
    name,
    type,
    category: [type, above],
    path: [type, above, name],
    money: sub,
    ledger: find('below', id, number),
    deleted: false,
  });
}

/** The unified account of one that only the newer ledger has; it tells no balance and no currency. */
export function toLedgerAccount(
  account: LedgerAccount,
  parent: LedgerAccount | undefined,
  deleted: boolean,
): Record<string, unknown> {
  const type = typeOf(account.type);
  const [above, name] = [parent && text(parent.name), text(account.name)];
  return accountRecord({
    id: String(account.uuid),
    number: text(account.number),
    name,
    type,
    category: [type, above],
    path: [type, above, name],
    money: { balance: undefined, currency_code: undefined },
    ledger: account,
    deleted,
  });
}

type Parts = {
  id: string;
  number: string | undefined;
  name: string | undefined;
  type: string;
  category: (string | undefined)[];
  path: (string | undefined)[];
  money: Pick<SubAccount, 'balance' | 'currency_code'>;
  ledger: LedgerAccount | undefined;
  deleted: boolean;
};

function accountRecord({ money, ledger, deleted, ...parts }: Parts): Record<string, unknown> {
  const balance = amountOf(money.balance);
  const code = text(money.currency_code);
  const state = text(ledger?.state)?.toLowerCase();
  return present({
    id: parts.id,
    nominalCode: parts.number,
    name: parts.name,
    description: text(ledger?.description),
    fullyQualifiedCategory: joined(parts.category),
    fullyQualifiedName: joined(parts.path),
    currency: code && currency(code),
    currentBalance: balance && asNumber(balance),
    type: parts.type,
    status: deleted || (state !== undefined && state !== 'active') ? 'Archived' : 'Active',
    isBankAccount: /\bbank\b/i.test(text(ledger?.sub_type) ?? ''),
    validDatatypeLinks: [],
    sourceModifiedDate: ledger && utcStampOf(ledger.updated_at),
  });
}

function joined(parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined).join('.');
}

const types: Readonly<Record<string, string>> = {
  asset: 'Asset',
  expense: 'Expense',
  income: 'Income',
  revenue: 'Income',
  liability: 'Liability',
  equity: 'Equity',
};

function typeOf(value: JournalAccount['account_type']): string {
  return types[text(value)?.toLowerCase() ?? ''] ?? 'Unknown';
}
