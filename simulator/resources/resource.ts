import type { Filter } from '../accounting/filters.ts';
import type { FieldKind } from '../accounting/read-fields.ts';
import type { Collection } from '../collection.ts';
import type { Json, Row } from '../json.ts';
import type { Plays } from '../switches.ts';

export type ResourceName =
  | 'clients'
  | 'invoices'
  | 'payments'
  | 'taxes'
  | 'expenses'
  | 'expense_categories'
  | 'systems'
  | 'credit_notes'
  | 'items'
  | 'bills'
  | 'bill_payments'
  | 'bill_vendors'
  | 'other_income'
  | 'estimates'
  | 'invoice_profiles'
  | 'tasks'
  | 'staff'
  | 'journal_entries'
  | 'journal_entry_details'
  | 'journal_entry_accounts'
  | 'services'
  | 'service_rates'
  | 'projects'
  | 'retainers';

/** One account's books at one moment: what a resource may ask for while it makes or changes a row. */
export type Books = {
  readonly accountId: string;
  readonly businessId: number;
  /** Ids of rows of this account start here. */
  readonly firstId: number;
  readonly currency: string;
  readonly country: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly plays: Plays;
  rows(resource: ResourceName): Collection;
  nextId(resource: ResourceName): number;
  newUuid(): string;
  /** 0..999: the part of a `version` below the millisecond. */
  micros(): number;
};

export type Verb = 'list' | 'get' | 'create' | 'update' | 'delete';
export type Order = (a: Row, b: Row) => number;
type Include = (row: Row, books: Books) => Json;

/** One accounting resource: all that is peculiar to it; what is common lives in ../accounting. */
export type Resource = {
  readonly name: ResourceName;
  /** Under /accounting/account/{accountId}/ */
  readonly path: string;
  readonly one: string;
  readonly many: string;
  /** How errno 1012 names a missing row: `{ object, field, message }`. */
  readonly missing: { object: string; field: string; message: string };
  readonly scope: string;
  readonly verbs: readonly Verb[];
  /** What DELETE does, where `verbs` has it. */
  readonly deletes?: 'hides' | 'removes';
  /** Absent: newest id first (§3.4). */
  readonly order?: Order;
  readonly sorts: Readonly<Record<string, string>>;
  readonly filters: Readonly<Record<string, Filter>>;
  /** Fields a row has only when asked for; `stored` ones are kept in the row. */
  readonly includes: Readonly<Record<string, Include | 'stored'>>;
  readonly fields: Readonly<Record<string, FieldKind>>;
  readonly required: readonly string[];
  /** The row belongs to this client (role client sees nothing else, §2.2); absent: such a person may not look. */
  readonly ofClient?: (row: Row, clientId: number) => boolean;
  readonly create?: (fields: Row, books: Books) => Row;
  readonly update?: (row: Row, fields: Row, books: Books) => Row;
  readonly actions?: Readonly<Record<string, (row: Row, body: Row, books: Books) => Row>>;
  /** Does a vis_state change move `updated`? 'later': the reply still shows the old one (§3.8, §10). */
  readonly bumpsOnHide?: (books: Books) => 'now' | 'later' | 'never';
  readonly touch?: (row: Row, books: Books) => Row;
  /** Effects on other rows (§3.8), after the row is stored. */
  readonly ripple?: (before: Row | undefined, after: Row | undefined, books: Books) => void;
  /** How a person or a plan without access is answered: status 200 with this errno (§4.2); absent: 403 errno 1003. */
  readonly denied?: { readonly errno: number; readonly message: string };
  /** The part of the plan it needs (§2.1). */
  readonly needs?: 'payables';
  /** Includes that are given without being asked for. */
  readonly unasked?: (books: Books) => readonly string[];
  /** Rows that follow from other rows; absent: the resource's own stored rows. */
  readonly derive?: (books: Books) => readonly Row[];
};
