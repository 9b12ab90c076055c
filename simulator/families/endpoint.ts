import type { Json } from '../json.ts';
import type { Business, Person } from '../people.ts';
import type { Books } from '../resources/resource.ts';
import type { FamilyName } from './family.ts';

/** A read, when it is known who asks and of which business. `params` are the path's further segments. */
export type Read = {
  readonly query: URLSearchParams;
  readonly params: readonly string[];
  readonly books: Books;
  readonly business: Business;
  readonly person: Person;
};

/** A path outside of the accounting catalogue. Its first segment in brackets names the tenant. */
export type Endpoint = {
  readonly name: string;
  readonly family: FamilyName;
  readonly tenant: 'businessId' | 'businessUuid' | 'accountId';
  readonly pattern: RegExp;
  readonly scope: string;
  /** undefined: there is no such thing (404). */
  readonly read: (read: Read) => Json | undefined;
};
