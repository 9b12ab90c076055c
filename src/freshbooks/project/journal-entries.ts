import type { Big } from 'big.js';
import type { RawRow, UnifiedRecord } from '../../app/ports.ts';
import { asNumber, isZero, sum, zero } from '../../domain/money.ts';
import { catalog } from '../catalog.ts';
import { unlisted } from '../drift.ts';
import { compareIds } from '../ids.ts';
import { JournalDetail } from '../types/journal-details.ts';
import { currency, dateOf, moneyAmount, moneyCode, present, reference, text } from '../types/wire.ts';
import { type Projection, typed, unified } from './rows.ts';

const resource = 'journal_entry_details';

type Line = { net: Big; line: Record<string, unknown> };
type Entry = { head: Record<string, unknown>; live: Line[]; gone: Line[]; fault?: string };

/**
 * Entries of the journal, each made of all its lines: debit positive, credit negative, together zero. FreshBooks lists
 * the lines only. An entry that lacks one of them would be wrong, and is left out as a record that cannot be mapped.
 */
export async function* projectJournalEntries(projection: Projection): AsyncGenerator<UnifiedRecord> {
  const entries = await entriesOf(projection);
  for (const id of [...entries.keys()].sort(compareIds)) {
    const entry = entries.get(id);
    if (entry === undefined) continue;
    const deleted = entry.live.length === 0;
    const lines = deleted ? entry.gone : entry.live;
    const rest = sum(lines.map(({ net }) => net));
    // Of a deleted one perhaps not all was ever seen: it was gone before its last line was read.
    const whole = deleted || isZero(rest);
    const fault = entry.fault ?? (whole ? undefined : `its lines add up to ${rest.toFixed()}, not zero`);
    if (fault !== undefined) projection.onQuarantine({ resource, id, reason: fault });
    else yield unified({ id, deleted }, { ...entry.head, journalLines: lines.map(({ line }) => line) });
  }
}

async function entriesOf({ rows, onQuarantine, onUnlisted }: Projection): Promise<Map<string, Entry>> {
  const entries = new Map<string, Entry>();
  for await (const row of rows(resource)) {
    onUnlisted?.(resource, unlisted(row.raw, catalog[resource].fates));
    const id = entryIdOf(row);
    if (id === undefined) {
      onQuarantine({ resource, id: row.id, reason: 'it belongs to no entry' });
      continue;
    }
    const entry = entries.get(id) ?? { head: { id }, live: [], gone: [] };
    entries.set(id, entry);
    add(entry, row);
  }
  return entries;
}

function entryIdOf(row: RawRow): string | undefined {
  const entry = row.raw['entry'];
  if (typeof entry !== 'object' || entry === null || !('entryid' in entry)) return undefined;
  const id = entry.entryid;
  return typeof id === 'number' || typeof id === 'string' ? reference(id) : undefined;
}

function add(entry: Entry, row: RawRow): void {
  try {
    const detail = typed(JournalDetail, row);
    if (entry.live.length === 0) entry.head = headOf(detail);
    (row.deleted ? entry.gone : entry.live).push(toJournalLine(detail));
  } catch (error) {
    entry.fault = `line ${row.id}: ${error instanceof Error ? error.message : 'unknown'}`;
  }
}

function headOf(detail: JournalDetail): Record<string, unknown> {
  return present({
    id: String(detail.entry.entryid),
    description: text(detail.name),
    postedOn: dateOf(detail.user_entered_date),
    recordRef: recordOf(detail.entry),
  });
}

/** What the entry was booked for. A payment's entry names its invoice as well, and an invoice's nothing but itself. */
const sources = [
  ['paymentid', 'payments'],
  ['expenseid', 'directCosts'],
  ['incomeid', 'directIncomes'],
  ['creditid', 'creditNotes'],
  ['invoiceid', 'invoices'],
] as const;

/** None for an entry that somebody made by hand. */
function recordOf(entry: JournalDetail['entry']): Record<string, unknown> | undefined {
  for (const [field, dataType] of sources) {
    const id = reference(entry[field]);
    if (id !== undefined) return { id, dataType };
  }
  return undefined;
}

/** A line, and what it adds to its account; in the currency that FreshBooks keeps the ledger in. */
export function toJournalLine(detail: JournalDetail): Line {
  const net = (moneyAmount(detail.debit) ?? zero).minus(moneyAmount(detail.credit) ?? zero);
  const client = reference(detail.entry.clientid);
  const line = present({
    description: text(detail.description),
    netAmount: asNumber(net),
    currency: currency(moneyCode(detail.debit), moneyCode(detail.credit)),
    accountRef: accountOf(detail),
    contactRef: client === undefined ? undefined : { id: client, dataType: 'customers' },
  });
  return { net, line };
}

function accountOf({ account, sub_account: sub }: JournalDetail): Record<string, unknown> | undefined {
  const below = reference(sub?.sub_accountid);
  const id = below ?? reference(account?.accountid);
  const name = below === undefined ? text(account?.account_name) : text(sub?.account_sub_name);
  return id === undefined ? undefined : present({ id, name });
}
