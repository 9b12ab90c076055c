import * as z from 'zod';

/** What a person can do about it; the one next thing. Sentences are `action.<code>` of `messages/<language>/health.json`. */
export const actions = [
  'none',
  'wait',
  'send-link',
  'authorise-again',
  'set-up',
  'enable',
  'save-keys',
  'check-app',
  'ask-for-scope',
  'check-role',
  'check-plan',
  'check-plan-and-role',
  'ask-freshbooks',
  'check-account',
  'refresh',
  'take-back',
  'read-log',
] as const;
export type Action = (typeof actions)[number];

/**
 * `ok`: current, or on its way. `attention`: it goes on, and somebody has to act for it to stay so. `broken`: it does
 * not go on until somebody acts. `waiting`: it goes on by itself.
 */
export const healthStates = ['ok', 'waiting', 'attention', 'broken'] as const;
type HealthState = (typeof healthStates)[number];

/**
 * Why a connection, its consent or a data type is as it is: a closed list, each with its state and the next action.
 * Sentences are `reason.<code>` of `messages/<language>/health.json`.
 */
export const reasons = {
  current: { state: 'ok', action: 'none' },
  queued: { state: 'ok', action: 'wait' },
  reading: { state: 'ok', action: 'wait' },
  'not-authorised-yet': { state: 'waiting', action: 'send-link' },
  'not-read-yet': { state: 'waiting', action: 'wait' },
  replaced: { state: 'broken', action: 'none' },
  unlinked: { state: 'broken', action: 'authorise-again' },
  'being-deleted': { state: 'broken', action: 'none' },
  'not-set-up': { state: 'broken', action: 'set-up' },
  disabled: { state: 'attention', action: 'enable' },
  'consent-withdrawn': { state: 'broken', action: 'authorise-again' },
  'rotation-lost': { state: 'attention', action: 'authorise-again' },
  restored: { state: 'attention', action: 'authorise-again' },
  'access-ended': { state: 'broken', action: 'authorise-again' },
  'app-replaced': { state: 'attention', action: 'authorise-again' },
  'consents-held': { state: 'attention', action: 'check-app' },
  'handed-over': { state: 'broken', action: 'take-back' },
  'scopes-changed': { state: 'attention', action: 'authorise-again' },
  'missing-scope': { state: 'broken', action: 'authorise-again' },
  'scope-not-asked': { state: 'broken', action: 'ask-for-scope' },
  'keys-failing': { state: 'attention', action: 'save-keys' },
  'keys-refused': { state: 'broken', action: 'save-keys' },
  'not-in-plan': { state: 'broken', action: 'check-plan' },
  'role-may-not-read': { state: 'broken', action: 'check-role' },
  'no-permission': { state: 'broken', action: 'check-plan-and-role' },
  'refused-unexplained': { state: 'attention', action: 'ask-freshbooks' },
  'membership-gone': { state: 'broken', action: 'authorise-again' },
  'client-only': { state: 'broken', action: 'check-role' },
  inactive: { state: 'broken', action: 'check-account' },
  classic: { state: 'broken', action: 'check-account' },
  'no-account': { state: 'broken', action: 'check-account' },
  'not-offered': { state: 'broken', action: 'check-plan' },
  'rate-limited': { state: 'waiting', action: 'wait' },
  'freshbooks-down': { state: 'waiting', action: 'wait' },
  'services-down': { state: 'waiting', action: 'wait' },
  'not-mapped': { state: 'attention', action: 'read-log' },
  'our-fault': { state: 'attention', action: 'read-log' },
  cancelled: { state: 'attention', action: 'refresh' },
  late: { state: 'attention', action: 'read-log' },
} as const satisfies Record<string, { state: HealthState; action: Action }>;

export type Reason = keyof typeof reasons;

export const reasonNames: readonly Reason[] = Object.keys(reasons).filter((name) => isReason(name));
export const ReasonCode = z.enum(Object.fromEntries(reasonNames.map((name) => [name, name])));

function isReason(name: string): name is Reason {
  return Object.hasOwn(reasons, name);
}

/** How something stands: state and next action follow from the reason, `since` where it is known. */
export type Health = { reason: Reason; since?: string };

/** The worst of several, the first of equals. */
export function worst(healths: readonly Health[]): Health | undefined {
  const rank = ({ reason }: Health): number => healthStates.indexOf(reasons[reason].state);
  return healths.toSorted((one, other) => rank(other) - rank(one))[0];
}
