/** Our functions, each of which is a process of its own that can die. */
const functionNames = [
  'setup',
  'oauth',
  'api',
  'scheduler',
  'sync-worker',
  'webhook-in',
  'event-sender',
] as const;
export type FunctionName = (typeof functionNames)[number];

const state = { companies: ['all'], connections: ['ofCompany'], integration: ['find', 'change'] } as const;

/**
 * Every boundary at which a function touches the world: port and method. A call that is not listed here fails the
 * suite, and so does a row that no life ever reaches, so the table is neither too short nor too long.
 */
const boundaries = {
  setup: { ...state, linkSettings: ['find', 'save'], secret: ['keep'] },
  oauth: {
    companies: ['find'],
    connections: ['insert', 'find', 'change', 'byLinkToken', 'onGrant'],
    integration: ['find'],
    linkSettings: ['find'],
    oneTimeLinks: ['find', 'change'],
    syncSettings: ['find'],
    attempts: ['insert', 'find', 'change'],
    grants: ['find', 'change', 'remove'],
    secret: ['open'],
    seal: ['seal', 'open', 'ahead'],
    queue: ['send'],
    eventQueue: ['send'],
    escrow: ['keepConsent', 'forgetConsent', 'forgetPair'],
    freshbooks: ['exchange', 'refresh', 'revoke', 'me', 'page'],
  },
  api: {
    companies: ['insert', 'find', 'change', 'all'],
    syncSettings: ['find', 'change'],
    linkSettings: ['find'],
    oneTimeLinks: ['insert'],
    connections: ['insert', 'find', 'change', 'ofCompany'],
    integration: ['find'],
    apiKeys: ['insert', 'find', 'change', 'all'],
    objects: ['get'],
    calls: ['change'],
    countCall: ['add'],
    limits: ['find'],
    feed: ['last'],
    webhooks: ['insert', 'all', 'remove'],
    seal: ['seal'],
    queue: ['send'],
    eventQueue: ['send'],
  },
  scheduler: {
    connections: ['find', 'inSlot', 'pending'],
    syncSettings: ['find'],
    heartbeat: ['read', 'move'],
    outboxes: ['waiting'],
    webhooks: ['all'],
    feed: ['last'],
    queue: ['send'],
    eventQueue: ['send'],
  },
  'sync-worker': {
    companies: ['find'],
    connections: ['insert', 'find', 'change', 'remove', 'onGrant'],
    integration: ['find'],
    syncSettings: ['find'],
    retention: ['find'],
    refusals: ['change'],
    attempts: ['find', 'change'],
    oneTimeLinks: ['change'],
    grants: ['find', 'change', 'remove'],
    secret: ['open'],
    seal: ['seal', 'open', 'ahead'],
    objects: ['put', 'get', 'list', 'remove'],
    queue: ['send'],
    eventQueue: ['send'],
    escrow: ['keepPair', 'pairAfter', 'forgetPair', 'consent', 'forgetConsent', 'noteSpent', 'isSpent'],
    freshbooks: ['refresh', 'revoke', 'me', 'page', 'hooks'],
  },
  'webhook-in': { connections: ['find', 'change'], queue: ['send'] },
  'event-sender': {
    companies: ['find', 'change', 'remove'],
    connections: ['find', 'change', 'remove', 'ofCompany'],
    feed: ['append', 'read', 'find'],
    webhooks: ['all', 'change'],
    deliveries: ['change', 'waiting'],
    seal: ['open'],
    eventQueue: ['send'],
    consumer: ['post'],
  },
} as const satisfies Record<FunctionName, Record<string, readonly string[]>>;

/**
 * Where the process dies, or what the living process is told:
 * `before` the call leaves; `unanswered`: done over there, and nobody here to hear of it; `unacknowledged`: all is
 * done and the message, tick or request not yet answered for; `refused`: an error and nothing done; `reply-lost`: an
 * error although it was done; `stalled`: the process is frozen, beyond every lease, and goes on with this call later.
 */
export type Moment = 'before' | 'unanswered' | 'unacknowledged' | 'refused' | 'reply-lost' | 'stalled';

/** A named place and moment: `sync-worker connections.change unanswered`. */
export type Failpoint = { fn: FunctionName; at: string; moment: Moment };

/** The end of an invocation, as a boundary. */
export const ending = 'invocation.end';

function placesOf(fn: FunctionName): string[] {
  const ports: Record<string, readonly string[]> = boundaries[fn];
  return Object.entries(ports).flatMap(([port, methods]) => methods.map((one) => `${port}.${one}`));
}

/** Deaths: each boundary before and after, and the end of each function. */
export const deaths: readonly Failpoint[] = functionNames.flatMap((fn) => [
  ...placesOf(fn).flatMap((at) => [
    { fn, at, moment: 'before' as const },
    { fn, at, moment: 'unanswered' as const },
  ]),
  { fn, at: ending, moment: 'unacknowledged' as const },
]);

/** Errors that a living process meets. */
export const errors: readonly Failpoint[] = functionNames.flatMap((fn) =>
  placesOf(fn).flatMap((at) => [
    { fn, at, moment: 'refused' as const },
    { fn, at, moment: 'reply-lost' as const },
  ]),
);

/** Those that hold leases. */
const leasing = ['sync-worker', 'event-sender'] as const;

/** Freezings of those that hold leases. */
export const stalls: readonly Failpoint[] = leasing.flatMap((fn) =>
  placesOf(fn).map((at) => ({ fn, at, moment: 'stalled' as const })),
);

const declared = new Set(functionNames.flatMap((fn) => [...placesOf(fn), ending].map((at) => `${fn} ${at}`)));

/** Whether `place`, a function and its call, is in the table. */
export function isDeclared(place: string): boolean {
  return declared.has(place);
}

export function nameOf({ fn, at, moment }: Failpoint): string {
  return `${fn} ${at} ${moment}`;
}
