import * as z from 'zod';
import { DatasetState, pullStatuses, ResourceState } from './dataset.ts';
import { OutboxEvent } from './event.ts';
import { GrantFacts } from './grant-facts.ts';
import { ReasonCode } from './health.ts';
import { Hooks } from './hooks.ts';
import { SyncSettings } from './sync-settings.ts';

/** The business in FreshBooks that a connection reads: its three ids are not interchangeable. */
export const Business = z.object({
  identityId: z.string(),
  accountId: z.string(),
  businessId: z.string(),
  businessUuid: z.string().optional(),
  systemId: z.string().optional(),
  name: z.string(),
});
export type Business = z.infer<typeof Business>;

export const connectionStates = ['PendingAuth', 'Linked', 'Deauthorized', 'Unlinked'] as const;
export type ConnectionStateName = (typeof connectionStates)[number];

/** A request for data that no run has taken up yet: `operationId` is the pull operation seen from outside. */
export const Want = z.object({
  operationId: z.string(),
  requested: z.string(),
  /** `reproject`: of what is held, without reading anything; `hint`: FreshBooks told of a change. */
  reason: z.enum(['first-link', 'refresh', 'schedule', 'reproject', 'hint']),
  /** To be made again although nothing it is made of has changed. */
  afresh: z.literal(true).optional(),
  /** Not before then: so often a service that we run on did not answer. */
  again: z.object({ after: z.string(), tries: z.number().int() }).optional(),
});
export type Want = z.infer<typeof Want>;

/** A record that could not be mapped, and why. */
export const Issue = z.object({ itemId: z.string(), message: z.string() });
export type Issue = z.infer<typeof Issue>;

/** One finished run, kept short: pull operations are read back out of it (see `pull-operation.ts`). */
export const RunRecord = z.object({
  id: z.string(),
  requested: z.string(),
  completed: z.string(),
  /** Status per data type, and a plain sentence where it failed. */
  outcomes: z.record(
    z.string(),
    z.object({
      operationId: z.string(),
      status: z.enum(pullStatuses),
      message: z.string().optional(),
      /** Records that were made or changed, and those that are held then; absent where nothing was made. */
      changed: z.number().int().optional(),
      count: z.number().int().optional(),
      /** The first records that could not be mapped; absent also where nothing was mapped anew (see `issuesOf`). */
      issues: z.array(Issue).optional(),
    }),
  ),
});
export type RunRecord = z.infer<typeof RunRecord>;

export const ConnectionError = z.object({
  statusCode: z.string(),
  statusText: z.string(),
  errorMessage: z.string(),
  erroredOn: z.string(),
  resolvedOn: z.string().optional(),
});
export type ConnectionError = z.infer<typeof ConnectionError>;

/**
 * A company's link to one FreshBooks business, whole: state, lease, wants, what is held and what was done. One item,
 * so one conditional write publishes a run.
 */
export const Connection = z.object({
  id: z.string(),
  companyId: z.string(),
  created: z.string(),
  state: z.enum(connectionStates),
  stateSince: z.string(),
  /** Unguessable, stable: the last segment of the customer's link URL. */
  linkToken: z.string(),
  business: Business.optional(),
  grantId: z.string().optional(),
  /** What was last seen of that grant. */
  access: GrantFacts.optional(),
  /** Why it is Deauthorized. */
  loss: ReasonCode.optional(),
  /** How its person stood in the business when FreshBooks last let hardly anything be read. */
  standing: z
    .object({
      at: z.string(),
      role: z.string().optional(),
      unfit: z.enum(['membership-gone', 'client-only', 'no-account', 'classic', 'inactive']).optional(),
    })
    .optional(),
  /** The scopes that were asked for when it was authorised: others asked for now mean "authorise again". */
  scopes: z.array(z.string()).optional(),
  /** When it was last given access, by consent or a late pair: what an earlier run heard of lost access no longer holds. */
  authorised: z.string().optional(),
  /** When somebody last asked for all of it to be read again. */
  allAsked: z.string().optional(),
  /** Counts leases taken: a worker may publish only under the epoch it was given. */
  epoch: z.number().int(),
  lease: z.object({ owner: z.string(), until: z.string() }).optional(),
  /** Minute of the hour at which the schedule looks at this connection, 0–59: its own, or that of its time of day. */
  slot: z.number().int(),
  wanted: z.record(z.string(), Want),
  /** What the present lease holder works on: wants moved here when the lease was taken. */
  serving: z.record(z.string(), Want),
  datasets: z.record(z.string(), DatasetState),
  resources: z.record(z.string(), ResourceState),
  /** The newest runs, oldest first; older ones are in the history objects. */
  runs: z.array(RunRecord),
  history: z.array(z.string()),
  /** What a worker near its time-out left for the next one: the name of a journal object. */
  journal: z.string().optional(),
  errors: z.array(ConnectionError),
  /** Copy of the company's own sync settings (`own-settings.ts`). */
  syncSettings: SyncSettings.optional(),
  /** What FreshBooks is asked to tell us. */
  hooks: Hooks.optional(),
  /**
   * The last complete sweep of its books: when it began; no worker of an epoch up to `upTo` could publish any more;
   * and up to `sure` every object that is left belongs to something that was published.
   */
  swept: z.object({ at: z.string(), upTo: z.number().int(), sure: z.number().int() }).optional(),
  /** Until then its customer may link another business (`business-change.ts`). */
  businessChange: z.object({ until: z.string() }).optional(),
  /** The connection of another business that its place is promised to, and that has it once this one is Unlinked. */
  replacedBy: z.string().optional(),
  /** Since when it is to be erased: nobody is shown it any more, and nothing brings it back. */
  erasing: z.string().optional(),
  /** Events that are not in the feed yet, oldest first. */
  outbox: z.array(OutboxEvent).optional(),
  /** Since when it is nothing but its outbox: nobody finds it any more, and it goes when its events have gone. */
  removed: z.string().optional(),
});
export type Connection = z.infer<typeof Connection>;

/** What names a connection everywhere: messages, keys, logs. */
export type ConnectionRef = { companyId: string; connectionId: string };
