import type { Connection, ConnectionRef } from '../../domain/connection.ts';
import type { DataType } from '../../domain/data-types.ts';
import { keepVerifier, keysFor, nounOf } from '../../domain/hook-moves.ts';
import { type Instant, secondsBetween } from '../../domain/instant.ts';
import { digestOf, isDigestOf } from '../digest.ts';
import type { Clock, Connections, Count, NewId, Waker } from '../ports.ts';

/** A form that was posted to a connection's address, its fields in the order in which they came. */
export type Delivery = {
  ref: ConnectionRef;
  token: string;
  fields: readonly (readonly [name: string, value: string])[];
  signature: string | undefined;
};

/** `unknown`: nobody listens there. `forged`: the signature is not that of the callback. */
export type DeliveryEnd = 'taken' | 'unknown' | 'forged';

type Deps = {
  connections: Pick<Connections, 'find' | 'change'>;
  waker: Waker;
  clock: Clock;
  newId: NewId;
  /** Data types that a change of this noun makes due. */
  typesOf: (noun: string) => readonly DataType[];
  isSigned: (fields: Delivery['fields'], signature: string, key: string) => boolean;
  count: Count;
};

/** Hints come in flocks: the run waits for the rest of this one… */
const gatherSeconds = 10;
/** …and follows the run before it at this distance. */
const apartSeconds = 60;

/**
 * Takes what FreshBooks posted: a verifier is kept for the worker, anything else makes the data types of its noun due.
 * Nothing of it is believed but that it is time to look. What is due already is not written again, so a flock of ten
 * thousand costs as many readings and one write.
 */
export function makeTakeDelivery(deps: Deps): (delivery: Delivery) => Promise<DeliveryEnd> {
  return async (delivery) => {
    const end = await take(deps, delivery);
    deps.count(`hooks.${end}`);
    return end;
  };
}

async function take(deps: Deps, delivery: Delivery): Promise<DeliveryEnd> {
  const connection = await deps.connections.find(delivery.ref);
  if (connection === undefined || !listens(connection, delivery)) return 'unknown';
  const field = (wanted: string) => delivery.fields.find(([name]) => name === wanted)?.[1];
  const event = field('name') ?? '';
  if (event === 'callback.verify') return takeVerifier(deps, delivery.ref, field);
  const { signature, fields } = delivery;
  const keys = connection.hooks === undefined ? [] : keysFor(connection.hooks, event);
  if (signature === undefined || !keys.some((key) => deps.isSigned(fields, signature, key))) return 'forged';
  return makeDue(deps, delivery.ref, deps.typesOf(nounOf(event)));
}

/** Whether the address is this connection's, and what came is of its account. */
function listens({ state, erasing, hooks, business }: Connection, { token, fields }: Delivery): boolean {
  if (state !== 'Linked' || erasing !== undefined || hooks === undefined) return false;
  const account = fields.find(([name]) => name === 'account_id')?.[1];
  return (
    isDigestOf(digestOf(hooks.token), token) && (account === undefined || account === business?.accountId)
  );
}

async function takeVerifier(
  deps: Deps,
  ref: ConnectionRef,
  field: (name: string) => string | undefined,
): Promise<DeliveryEnd> {
  const [id, verifier] = [field('object_id'), field('verifier')];
  // What FreshBooks sends is far shorter; the item is not the place for anything else.
  if (!id || !verifier || id.length > 32 || verifier.length > 128) return 'forged';
  const kept = await deps.connections.change(ref, (current) => {
    const hooks = current.hooks && keepVerifier(current.hooks, { id, verifier, now: deps.clock() });
    return hooks === undefined ? { result: false } : { next: { ...current, hooks }, result: true };
  });
  if (kept === true) await deps.waker({ kind: 'hooks', ref }, { delaySeconds: gatherSeconds });
  return 'taken';
}

async function makeDue(deps: Deps, ref: ConnectionRef, types: readonly DataType[]): Promise<DeliveryEnd> {
  const now = deps.clock();
  const delaySeconds = await deps.connections.change<number | undefined>(ref, (current) => {
    const missing = types.filter((type) => current.wanted[type] === undefined);
    if (current.state !== 'Linked' || current.erasing !== undefined || missing.length === 0)
      return { result: undefined };
    const wants = missing.map((type) => [
      type,
      { operationId: deps.newId(), requested: now, reason: 'hint' as const },
    ]);
    const next = { ...current, wanted: { ...current.wanted, ...Object.fromEntries(wants) } };
    return { next, result: delayOf(current, now) };
  });
  if (delaySeconds !== undefined) await deps.waker({ kind: 'sync', ref }, { delaySeconds });
  return 'taken';
}

function delayOf({ datasets }: Connection, now: Instant): number {
  const last = Object.values(datasets).reduce(
    (newest, { lastRun = '' }) => (lastRun > newest ? lastRun : newest),
    '',
  );
  const since = last === '' ? apartSeconds : secondsBetween(last, now);
  return Math.round(Math.max(gatherSeconds, Math.min(apartSeconds, apartSeconds - since)));
}
