import * as z from 'zod';
import { ControlTotal } from './control-total.ts';
import { Drift } from './drift.ts';
import { ReasonCode } from './health.ts';

/** The 21 pull statuses of the API, closed: our finer reason goes into the message beside them. */
export const pullStatuses = [
  'Initial',
  'Queued',
  'Fetching',
  'MapQueued',
  'Mapping',
  'Complete',
  'FetchError',
  'MapError',
  'InternalError',
  'ProcessingQueued',
  'Processing',
  'ProcessingError',
  'ValidationQueued',
  'Validating',
  'ValidationError',
  'AuthError',
  'Cancelled',
  'NotSupported',
  'RateLimitError',
  'PermissionsError',
  'PrerequisiteNotMet',
] as const;
export type PullStatus = (typeof pullStatuses)[number];

/** Where an immutable snapshot stands: the object name of its manifest and what a reader wants before opening it. */
export const SnapshotPointer = z.object({
  manifest: z.string(),
  count: z.number().int(),
  digest: z.string(),
  /** When it was published: from then on, until another is, readers are shown this one. */
  since: z.string().optional(),
});
export type SnapshotPointer = z.infer<typeof SnapshotPointer>;

/** The certificate of one read: what FreshBooks said there is, what we read, and what we hold. */
export const Proof = z.object({
  at: z.string(),
  complete: z.boolean(),
  pages: z.number().int(),
  rowsRead: z.number().int(),
  sourceTotal: z.number().int().optional(),
  hiddenRows: z.number().int(),
  held: z.number().int(),
  deleted: z.number().int(),
  digest: z.string(),
  /** Set when everything was compared: rows that were put right although FreshBooks had told of no change. */
  repaired: z.number().int().optional(),
  warnings: z.array(z.string()),
});
export type Proof = z.infer<typeof Proof>;

/** The latest comparison of everything held with everything FreshBooks has. */
const Comparison = z.object({
  at: z.string(),
  /** Rows that FreshBooks counts beyond those we held then: another number later means that something is missing. */
  beyond: z.number().int(),
  /** Rows that were hidden from us: more of them later mean that a reading of changes may have missed some. */
  hidden: z.number().int(),
  /** As many were hidden the time before: who reads may have had a lesser role for a moment. */
  sure: z.boolean(),
});

/** Why a read brought nothing, or not everything; what was held before stands. */
const Trouble = z.object({
  status: z.enum(pullStatuses),
  /** A plain sentence for people. */
  message: z.string(),
  /** The finer reason, where the status says too little. */
  reason: ReasonCode.optional(),
  /** The scope that is missing, where that is the reason. */
  scope: z.string().optional(),
  /** When the run that had it began. */
  at: z.string(),
});
export type Trouble = z.infer<typeof Trouble>;

/** One FreshBooks resource of a connection: its raw snapshot, and how far we have read. */
export const ResourceState = z.object({
  snapshot: SnapshotPointer.optional(),
  /** Opaque to all but the source: for the accounting family a US/Eastern calendar day. */
  cursor: z.string().optional(),
  proof: Proof.optional(),
  compared: Comparison.optional(),
  /** Of the latest read; absent when that was whole. */
  trouble: Trouble.optional(),
});
export type ResourceState = z.infer<typeof ResourceState>;

/** One data type of a connection: its unified snapshot and the outcome of its latest pull. */
export const DatasetState = z.object({
  snapshot: SnapshotPointer.optional(),
  lastSuccess: z.string().optional(),
  latestOperation: z.string().optional(),
  latestSuccessfulOperation: z.string().optional(),
  status: z.enum(pullStatuses),
  /** A plain sentence for people, where the status alone does not say what to do. */
  message: z.string().optional(),
  /** The finer reason of a failure, where the status says too little. */
  reason: ReasonCode.optional(),
  /** The scope that is missing, where that is the reason. */
  scope: z.string().optional(),
  /** Start of the latest run that covered this type, successful or not: what the schedule counts from. */
  lastRun: z.string().optional(),
  /** Which raw snapshots the unified one was made of: another text means it is to be projected again. */
  projectedFrom: z.string().optional(),
  /** What FreshBooks' own reports said of the records, and which snapshots were compared. */
  controls: z.array(ControlTotal).optional(),
  controlledFrom: z.string().optional(),
  /** What was new to us when the records were made. */
  drift: z.array(Drift).optional(),
});
export type DatasetState = z.infer<typeof DatasetState>;
