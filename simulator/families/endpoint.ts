import type { Json, Row } from '../json.ts';
import type { Business, Person } from '../people.ts';
import type { Books, ResourceName } from '../resources/resource.ts';
import type { FamilyName } from './family.ts';

/** A call, when it is known who asks and of which business. `params` are the path's further segments. */
export type Read = {
  readonly query: URLSearchParams;
  readonly params: readonly string[];
  readonly books: Books;
  readonly business: Business;
  readonly person: Person;
  /** The rows that this person may read. */
  readonly seen: (resource: ResourceName) => readonly Row[];
};

/** What a write left: the reply's body, or none (204), and the row that it happened to, for who listens (§5). */
export type Written = { readonly resource: ResourceName; readonly id: number; readonly body?: Json };

/** What is written in a path, and under which key of the body it comes. */
export type Writes = {
  readonly one: string;
  readonly ways: Readonly<Partial<Record<'POST' | 'PUT' | 'DELETE', Write>>>;
};
/** undefined: there is no such thing (404). */
export type Write = (call: Read, object: Row) => Written | undefined;

/** A path outside of the accounting catalogue. Its first segment in brackets names the tenant. */
export type Endpoint = {
  readonly name: string;
  readonly family: FamilyName;
  readonly tenant: 'businessId' | 'businessUuid' | 'accountId';
  readonly pattern: RegExp;
  readonly scope: string;
  /** The part of the plan it needs (§2.1). */
  readonly needs?: 'retainers';
  /** undefined: there is no such thing (404). Absent where nothing can be read. */
  readonly read?: (read: Read) => Json | undefined;
  readonly writes?: Writes;
};
