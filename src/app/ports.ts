/**
 * What the use cases need of the world, as small ports. Adapters make them real (`src/adapters/aws`), tests make
 * them in memory (`test/fakes`); both pass the contract suites in `test/contract`.
 */
import type { AppPace } from '../domain/app-pace.ts';
import type { Company } from '../domain/company.ts';
import type { Business, Connection, ConnectionRef, RunRecord } from '../domain/connection.ts';
import type { ControlTotal } from '../domain/control-total.ts';
import type { DataType } from '../domain/data-types.ts';
import type { PullStatus, SnapshotPointer } from '../domain/dataset.ts';
import type { Drift } from '../domain/drift.ts';
import type { Grant, LinkAttempt, Sealed, TokenPair } from '../domain/grant.ts';
import type { Reason } from '../domain/health.ts';
import type { IdempotentCall } from '../domain/idempotent-call.ts';
import type { Instant } from '../domain/instant.ts';
import type { Integration, LinkSettings } from '../domain/integration.ts';
import type { OneTimeLink } from '../domain/one-time-link.ts';
import type { ProblemKind } from '../domain/problem.ts';
import type { RateLimitSetting } from '../domain/rate-limit.ts';
import type { Refusals } from '../domain/refusals.ts';
import type { Retention } from '../domain/retention.ts';
import type { SyncSettings } from '../domain/sync-settings.ts';

export type Clock = () => Instant;
/** A new random UUID (version 4, lower case). */
export type NewId = () => string;
/** A new unguessable text for URLs: 128 bits or more, URL-safe. */
export type NewToken = () => string;
/** Lets a number of seconds pass; tests move their clock instead. */
export type Wait = (seconds: number) => Promise<void>;

/** Structured log lines: an event name and facts. Never bodies, tokens, names or amounts. */
export type Log = {
  info(event: string, facts?: Record<string, unknown>): void;
  warn(event: string, facts?: Record<string, unknown>): void;
  error(event: string, facts?: Record<string, unknown>): void;
};
/** A named count or duration of an outcome, for alarms. */
export type Count = (metric: string, value?: number) => void;

/**
 * A stored thing that is read, decided upon and written on condition that nobody wrote it in between. `decide` is
 * pure and may be called again after a lost race; it answers the next value, or none when nothing is to be written.
 */
export type Decision<T, R> = { next?: T; result: R };

export type Companies = {
  insert(company: Company): Promise<void>;
  find(companyId: string): Promise<Company | undefined>;
  /** `undefined` when there is no such company. */
  change<R>(companyId: string, decide: (company: Company) => Decision<Company, R>): Promise<R | undefined>;
  remove(companyId: string): Promise<void>;
  /** Every company, in no promised order. */
  all(): Promise<Company[]>;
  /** By the hosted link's token. */
  byLinkToken(token: string): Promise<Company | undefined>;
};

export type Connections = {
  insert(connection: Connection): Promise<void>;
  /** Strongly consistent. */
  find(ref: ConnectionRef): Promise<Connection | undefined>;
  /**
   * The one way to write a connection: a conditional write of the whole item on its revision, retried with a fresh
   * read after a lost race. `undefined` when there is no such connection.
   */
  change<R>(
    ref: ConnectionRef,
    decide: (connection: Connection) => Decision<Connection, R>,
  ): Promise<R | undefined>;
  remove(ref: ConnectionRef): Promise<void>;
  ofCompany(companyId: string): Promise<Connection[]>;
  byLinkToken(token: string): Promise<ConnectionRef | undefined>;
  /** Connections whose slot it is and that were ever linked (eventually consistent). */
  inSlot(slot: number): Promise<ConnectionRef[]>;
  /** Connections with wants that no run has finished, oldest first (eventually consistent). */
  pending(before: Instant): Promise<ConnectionRef[]>;
  /** Every connection that stands on this grant, whatever its state (eventually consistent). */
  onGrant(grantId: string): Promise<ConnectionRef[]>;
};

/** What wakes a worker. Messages only wake: all truth is in the tables. */
export type Wake =
  | { kind: 'sync'; ref: ConnectionRef }
  /** See to the callbacks that FreshBooks tells this connection's changes by. */
  | { kind: 'hooks'; ref: ConnectionRef }
  /** Release the grant of a connection that was unlinked; revoke it at FreshBooks when nothing else stands on it. */
  | { kind: 'release'; ref: ConnectionRef; grantId: string }
  /** Erase every object of a connection that was deleted, after releasing its grant. */
  | { kind: 'erase'; ref: ConnectionRef; grantId?: string }
  /** Remove what nothing refers to any more from a connection's books. */
  | { kind: 'sweep'; ref: ConnectionRef }
  /** Fetch an invoice as FreshBooks prints it, for somebody who waits. */
  | { kind: 'print'; ref: ConnectionRef; paper: Paper; ask: string }
  /** Finish a link attempt whose browser may never come back: its token pair must not die with it. */
  | { kind: 'resume'; attemptId: string }
  /** Give a consent back to FreshBooks that nothing stands on; said ahead, and again until FreshBooks answers. */
  | { kind: 'give-back'; grantId: string; since: Instant };
export type Waker = (wake: Wake, options?: { delaySeconds?: number }) => Promise<void>;

export type IntegrationStore = {
  find(): Promise<Integration | undefined>;
  /** `current` is undefined before the first set-up. */
  change<R>(decide: (current: Integration | undefined) => Decision<Integration, R>): Promise<R>;
};

export type LinkSettingsStore = {
  find(): Promise<LinkSettings>;
  save(settings: LinkSettings): Promise<void>;
};

/** One-time links that were handed out, by the digests of their codes. */
export type OneTimeLinks = {
  insert(link: OneTimeLink): Promise<void>;
  find(digest: string): Promise<OneTimeLink | undefined>;
  /** `undefined` when there is no such link. */
  change<R>(digest: string, decide: (link: OneTimeLink) => Decision<OneTimeLink, R>): Promise<R | undefined>;
};

/** The sync settings of all companies; none until somebody saves some. */
export type SyncSettingsStore = {
  find(): Promise<SyncSettings>;
  change<R>(decide: (settings: SyncSettings) => Decision<SyncSettings, R>): Promise<R>;
};

/** How long past states can be read; the default until somebody chose. */
export type RetentionStore = {
  find(): Promise<Retention>;
  save(retention: Retention): Promise<void>;
};

export type AppKeys = { clientId: string; clientSecret: string };
/** Writes a new version of the app's keys; answers its version id. Only `setup` may. */
export type KeepAppKeys = (keys: AppKeys, appVersion: number) => Promise<string>;
/** Reads the app's keys of a version, by Secrets Manager's version id. Only `oauth` and `sync-worker` may. */
export type OpenAppKeys = (versionId: string) => Promise<AppKeys>;

/** What a sealed text is for, and whose it is: it opens in no other place. */
type SealContext = { purpose: 'grant' | 'attempt' | 'webhook'; id: string };

/** Envelope encryption of short texts under our KMS key, bound to a context (stage is added by the adapter). */
export type Sealer = {
  seal(text: string, context: SealContext): Promise<Sealed>;
  open(sealed: Sealed, context: SealContext): Promise<string>;
};

/**
 * Gets the data key now and answers a function that seals without a call to anyone: what a single-use token is
 * exchanged for can then always be sealed, whatever happens to KMS meanwhile.
 */
export type SealAhead = (context: SealContext) => Promise<(text: string) => Sealed>;

export type Grants = {
  find(grantId: string): Promise<Grant | undefined>;
  /** Creates or changes: `current` is undefined when there is none. Conditional, retried after a lost race. */
  change<R>(grantId: string, decide: (current: Grant | undefined) => Decision<Grant, R>): Promise<R>;
  /** With an epoch: only while that is the grant's epoch, so a consent given meanwhile is never removed. */
  remove(grantId: string, epoch?: number): Promise<void>;
};

export type LinkAttempts = {
  insert(attempt: LinkAttempt): Promise<void>;
  find(id: string): Promise<LinkAttempt | undefined>;
  change<R>(id: string, decide: (attempt: LinkAttempt) => Decision<LinkAttempt, R>): Promise<R | undefined>;
  remove(id: string): Promise<void>;
};

export type ApiKey = {
  id: string;
  name: string;
  /** First characters of the key, to recognise it by. */
  prefix: string;
  /** SHA-256 of the key, hex. */
  hash: string;
  role: 'read' | 'operate' | 'admin';
  created: Instant;
  expires?: Instant;
  /** When it was last used, to the hour. */
  lastUsed?: Instant;
};
export type ApiKeys = {
  insert(key: ApiKey): Promise<void>;
  find(id: string): Promise<ApiKey | undefined>;
  all(): Promise<ApiKey[]>;
  /** `undefined` when there is no such key: one that was deleted does not come back. */
  change<R>(id: string, decide: (key: ApiKey) => Decision<ApiKey, R>): Promise<R | undefined>;
  /** True when there was one. With `beside`: only while that other key is there, whatever happens at the same moment. */
  remove(id: string, beside?: string): Promise<boolean>;
};

/** A company's access token, as it is kept. */
export type CompanyToken = {
  /** SHA-256 of the token, hex. */
  digest: string;
  companyId: string;
  expires: Instant;
  /** The API key that asked for it. */
  keyId?: string;
};
export type CompanyTokens = {
  insert(token: CompanyToken): Promise<void>;
  /** May be found a while after it expired. */
  find(digest: string): Promise<CompanyToken | undefined>;
};

/** Calls that carry an Idempotency-Key, by its digest. */
export type IdempotentCalls = {
  change<R>(
    id: string,
    decide: (call: IdempotentCall | undefined) => Decision<IdempotentCall, R>,
  ): Promise<R>;
};

/** How many requests a key may make; the standard until somebody says otherwise. */
export type RateLimitStore = {
  find(): Promise<RateLimitSetting>;
  save(setting: RateLimitSetting): Promise<void>;
};
/** Counts one more request of a key in a stretch of time; answers how many there are now. */
export type CountCall = (keyId: string, window: { start: Instant; end: Instant }) => Promise<number>;

/** Who an access token of the sign-in issuer belongs to; `undefined` for anything that is not a valid one. */
export type VerifySignIn = (accessToken: string) => Promise<SignedIn | undefined>;
/** `user` never changes. `signInName` is what they sign in with, which the issuer is asked for. */
export type SignedIn = { user: string; signInName: () => Promise<string> };

/** Minutes since the epoch that the schedule has looked at last. */
export type Heartbeat = {
  read(): Promise<number | undefined>;
  /** True when it was `from` until now and is `to` from now on. */
  move(from: number | undefined, to: number): Promise<boolean>;
};

/** How fast all workers together call FreshBooks: one small item. */
export type PaceStore = {
  change<R>(decide: (current: AppPace | undefined) => Decision<AppPace, R>): Promise<R>;
};

/** The consents of an app that were refused of late, by its client id: one small item. */
export type RefusalStore = {
  change<R>(clientId: string, decide: (current: Refusals | undefined) => Decision<Refusals, R>): Promise<R>;
};

/** Immutable named bytes. */
export type Objects = {
  /** Writes under a new name; the same name written again with the same bytes is no error. */
  put(name: string, bytes: Uint8Array, contentType: string): Promise<void>;
  get(name: string): Promise<Uint8Array | undefined>;
  list(prefix: string): AsyncIterable<string>;
  remove(names: readonly string[]): Promise<void>;
};

/**
 * FreshBooks' authorisation server, as we use it. Exchange, refresh and revoke throw Problem `forbidden` when the
 * app's own keys are refused (invalid_client): that says nothing about the person's consent.
 */
export type FreshBooksOAuth = {
  authorizeUrl(request: {
    clientId: string;
    redirectUri: string;
    scopes: readonly string[];
    state: string;
    challenge: string;
  }): string;
  /** Throws Problem `access-lost` when the code is refused; `unavailable` when nobody answered. Never retried. */
  exchange(
    keys: AppKeys,
    request: { code: string; redirectUri: string; verifier: string },
  ): Promise<TokenPair>;
  /**
   * Spends the refresh token. Throws Problem `access-lost` on invalid_grant, `unavailable` on anything that says
   * nothing about the token. Never retried by the client: the token may be spent although no answer came.
   */
  refresh(keys: AppKeys, request: { refreshToken: string; redirectUri: string }): Promise<TokenPair>;
  revoke(keys: AppKeys, token: string): Promise<void>;
  /** Who the person is and which businesses they have, from users/me and each account's system. */
  whoIs(accessToken: string): Promise<Person>;
};

export type Person = {
  identityId: string;
  name: string;
  email: string;
  businesses: readonly PersonBusiness[];
};
export type PersonBusiness = Business & {
  /** Role of the person on the business, as FreshBooks names it. */
  role: string;
  /** Why it cannot be linked; absent when it can. */
  unfit?: 'client-only' | 'no-account' | 'classic' | 'inactive';
};

/** One raw row of a resource as FreshBooks gave it. */
export type RawRow = {
  /** Decimal text of the primary key. */
  id: string;
  /** SHA-256 of the canonical JSON of `raw`, base64url. */
  hash: string;
  deleted: boolean;
  raw: Record<string, unknown>;
};

/** One unified record, before it has a modifiedDate. */
export type UnifiedRecord = { id: string; deleted: boolean; record: Record<string, unknown> };

/** How one resource of one business is read. */
export type ReadResource = (read: {
  resource: string;
  business: Business;
  /** The run that it is a part of: who reads is asked once for all of them. */
  runId: string;
  /** An access token for the next call. */
  token: () => Promise<string>;
  /** FreshBooks refused this token with 401: another one, or Problem `access-lost`. */
  refused: (token: string) => Promise<string>;
  /** Where the last complete read ended; absent for the first read. */
  cursor?: string;
  /** Everything is to be compared with what is held, and not only what changed. */
  census?: true;
  /** Ids held and not deleted: for resources whose deletions only show as absence. */
  heldIds: () => Promise<ReadonlySet<string>>;
  /** Ids held as deleted: asked for only when the source's deleted rows are others than last time (restored rows). */
  heldDeletedIds?: () => Promise<ReadonlySet<string>>;
  /** Currencies that the books are known to have: for reports, which come in one at a time. */
  currencies?: readonly string[];
  /** The scopes that the customer's consent has, to tell why something is refused; none when that is not known. */
  scopes?: readonly string[];
  /** Called with each page's rows, possibly several pages at once; awaits back-pressure. */
  onRows: (rows: readonly RawRow[]) => Promise<void>;
  /** After it no new call is begun: the read ends with `unfinished`. */
  deadline: Instant;
  /** What an unfinished read left; continues there. */
  resume?: unknown;
}) => Promise<ReadReport>;

export type ReadReport = {
  /** For the next read; the given one when this read was not complete. */
  cursor?: string;
  complete: boolean;
  /** Set when the deadline came first: give it back as `resume`. */
  unfinished?: unknown;
  pages: number;
  rowsRead: number;
  sourceTotal?: number;
  hiddenRows: number;
  /** Ids that two complete, error-free lists no longer have. */
  vanished: readonly string[];
  /** The source does not show it to this person, which is no failure: why, for people. */
  notShown?: { status: PullStatus; message: string; reason?: Reason; scope?: string };
  /** Everything that FreshBooks has was read, and compared with what is held. */
  compared?: true;
  /** Whether a row that differs from what is held is one that no reading of changes would have brought. */
  unannounced?: Unannounced;
  warnings: readonly string[];
};

/** `wasDeleted`: it was held as deleted until now. */
export type Unannounced = (row: { id: string; raw: Record<string, unknown>; wasDeleted: boolean }) => boolean;

/** Raw rows of one resource in id order, deleted ones too. */
export type RawRows = (resource: string) => AsyncIterable<RawRow>;

/** One way to make a data type. */
export type Way = {
  /** What has to have been read for it, what gives the records first. */
  from: readonly string[];
  /** What completes the records as far as it is held, whatever became of its latest read. */
  also?: readonly string[];
  /** What people are told of records that were made this way. */
  note?: string;
  /** Whether the records also depend on which month it is. */
  byMonth?: boolean;
};

/** What a sync reads from and maps with; `compose` makes it of `src/freshbooks`. */
export type Source = {
  /** Which resources a data type is read of. */
  resourcesOf: (dataType: DataType) => readonly string[];
  /** Ways to make it, the best first: another is taken when FreshBooks will not give what the one before needs. */
  waysOf: (dataType: DataType) => readonly [Way, ...Way[]];
  /** Reports that the records of a data type are compared with, and that are read with it. */
  controlsOf: (dataType: DataType) => readonly string[];
  /** Compares records with the rows of those reports, except what was not read now: that says nothing of them. */
  control: (
    dataType: DataType,
    compared: {
      records: AsyncIterable<UnifiedRecord>;
      rows: RawRows;
      at: Instant;
      notRead: ReadonlySet<string>;
    },
  ) => Promise<ControlTotal[]>;
  /** Resources that no data type is made of: read for their raw rows, by any run in which they are due. */
  rawOnly: readonly string[];
  read: ReadResource;
  /** Unified records in id order. A record that cannot be mapped is reported and left out, never fatal. */
  project: (
    dataType: DataType,
    rows: RawRows,
    onQuarantine: (entry: { resource: string; id: string; reason: string }) => void,
    /** When the run began. */
    at: Instant,
    /** Hears at the end of fields and values that are new to us. */
    onDrift?: (drift: Drift) => void,
  ) => AsyncIterable<UnifiedRecord>;
};

/** An invoice as it was printed: `version` is another text when the invoice was changed since. */
export type Paper = { invoiceId: string; version: string };

/** Asks FreshBooks for an invoice as a PDF. Throws Problems. */
export type ReadPdf = (wish: {
  invoiceId: string;
  accountId: string;
  access: { token: () => Promise<string>; refused: (token: string) => Promise<string> };
  deadline: Instant;
}) => Promise<Uint8Array>;

/** Printed invoices of a connection, kept for a day at most: they can be fetched again (`src/books/papers.ts`). */
export type Papers = {
  find(ref: ConnectionRef, paper: Paper): Promise<Uint8Array | undefined>;
  keep(ref: ConnectionRef, paper: Paper, pdf: Uint8Array): Promise<void>;
  remove(ref: ConnectionRef, paper: Paper): Promise<void>;
  /** Why the fetch that was asked for under this name came to nothing. */
  refusal(ref: ConnectionRef, ask: string): Promise<PaperRefusal | undefined>;
  refuse(ref: ConnectionRef, ask: string, refusal: PaperRefusal): Promise<void>;
};
export type PaperRefusal = { kind: ProblemKind; sentence: string; retryAfterSeconds: number | undefined };

/** The snapshots of one connection (`src/books`). `name` is a resource or a data type. */
export type Books = {
  /** Raw rows of a snapshot in id order; empty for `undefined`. */
  rawRows(snapshot: SnapshotPointer | undefined): AsyncIterable<RawRow>;
  /** Ids of the rows that are not deleted. */
  heldIds(snapshot: SnapshotPointer | undefined): Promise<ReadonlySet<string>>;
  /** Ids of the rows that are. */
  heldDeletedIds(snapshot: SnapshotPointer | undefined): Promise<ReadonlySet<string>>;
  /** Collects changed rows for one resource and merges them into the last snapshot; see `src/books/collect-raw.ts`. */
  collectRaw(target: BookTarget): RawCollector;
  /**
   * Merges a whole projection with the last unified snapshot: only changed segments are written. A held record that
   * the projection lacks becomes deleted, unless `keep` says that its absence means nothing (it could not be mapped).
   */
  mergeProjection(
    target: BookTarget,
    records: AsyncIterable<UnifiedRecord>,
    keep?: (id: string) => boolean,
  ): Promise<{ snapshot: SnapshotPointer; changed: number }>;
  /** Removes every object of a connection. */
  erase(ref: ConnectionRef): Promise<void>;
  /** Removes what nothing refers to, and snapshots older than what is kept; see `src/books/sweep-books.ts`. */
  sweep(sweep: SweepOrder): Promise<{ removed: number; done: boolean }>;
};
export type SweepOrder = {
  ref: ConnectionRef;
  /** Every text in the connection's item, snapshots with their instant: an object it names is in use, whatever for. */
  named: ReadonlyMap<string, { since?: Instant }>;
  /** A later worker takes up spooled rows. */
  spoolInUse: boolean;
  /** Objects of later epochs are not looked at: their worker may still publish them. */
  upTo: number;
  /** Up to this epoch an earlier sweep has left only what was published. */
  sure: number;
  /** The earliest instant whose state is to stay readable; absent: all of them. */
  keptSince?: Instant;
  /** False when time is up: the sweep ends not `done`, and what it removed need not be looked at again. */
  goOn: () => boolean;
};
export type BookTarget = {
  ref: ConnectionRef;
  /** `raw/<resource>` or `unified/<dataType>`. */
  name: string;
  previous: SnapshotPointer | undefined;
  /** Makes the names of this run's objects new: run id and epoch. */
  run: { id: string; epoch: number; started: Instant };
};
export type RawCollector = {
  add(rows: readonly RawRow[]): Promise<void>;
  vanish(ids: readonly string[]): Promise<void>;
  /** Spills what is in memory and answers what a later worker needs to go on. */
  suspend(): Promise<unknown>;
  resume(state: unknown): Promise<void>;
  /**
   * Writes changed segments, change log and manifest; `changed` 0 means nothing was written and `previous` stands.
   * `held` counts the rows of the snapshot that are not deleted, `deleted` those that are, and `unannounced` the
   * changed ones of which the given question is true.
   */
  finish(unannounced?: Unannounced): Promise<{
    snapshot: SnapshotPointer | undefined;
    changed: number;
    unannounced: number;
    deleted: number;
    held: number;
  }>;
  /** Removes what was spilled; once the run is published or given up. */
  discard(): Promise<void>;
};

/** What runs keep beside the books. */
export type RunFiles = {
  /** What a worker near its time-out leaves; answers its name. */
  saveJournal(ref: ConnectionRef, run: { id: string; epoch: number }, journal: unknown): Promise<string>;
  /** `undefined` when it is no longer there. */
  journal(name: string): Promise<unknown>;
  /** Runs that no longer fit the connection's item; answers the object's name, for `Connection.history`. */
  saveHistory(ref: ConnectionRef, epoch: number, runs: readonly RunRecord[]): Promise<string>;
  /** The runs of history objects, in the order of the names, oldest first when those are. */
  history(names: readonly string[]): Promise<RunRecord[]>;
  /** Removes a journal that is done with. */
  forgetJournal(name: string): Promise<void>;
};

/** Reading unified snapshots for the API. */
export type ReadRecords = (
  snapshot: SnapshotPointer,
  wish: {
    page: number;
    pageSize: number;
    query?: string;
    orderBy?: string;
    /** Records that changed in FreshBooks before it are left out. */
    servedFrom?: Instant;
  },
) => Promise<{ results: Record<string, unknown>[]; totalResults: number }>;
export type ReadRecord = (
  snapshot: SnapshotPointer,
  id: string,
) => Promise<Record<string, unknown> | undefined>;

/** Raw rows of a snapshot by their ids, as FreshBooks gave them; ids that it does not have are left out. */
export type ReadRawByIds = (
  snapshot: Pick<SnapshotPointer, 'manifest'>,
  ids: readonly string[],
) => Promise<ReadonlyMap<string, Record<string, unknown>>>;

/** One change of a raw row: when we saw it, how, and the row from then on. */
export type RowChange = {
  at: Instant;
  how: 'created' | 'updated' | 'deleted' | 'restored';
  row: Record<string, unknown>;
};

/**
 * The changes of one row up to a raw snapshot, newest first; `undefined` when it has no row of that id. Changes that
 * are no longer kept are counted and not given.
 */
export type ReadChanges = (
  snapshot: SnapshotPointer,
  id: string,
  wish: { page: number; pageSize: number },
) => Promise<{ results: RowChange[]; totalResults: number } | undefined>;

/**
 * The snapshot that was the published one at an instant, in the series of the one that is current; `undefined` when
 * nothing was published by then. Throws Problem `not-found` when it is no longer kept.
 */
export type SnapshotAt = (current: SnapshotPointer, at: Instant) => Promise<SnapshotPointer | undefined>;
