import type { Connection } from '../../domain/connection.ts';
import type { ResourceState } from '../../domain/dataset.ts';
import type { Instant } from '../../domain/instant.ts';
import { Problem } from '../../domain/problem.ts';

/**
 * What is held of a resource of FreshBooks, by its name. Throws Problem `not-found` that says what there is instead
 * when there is no such resource or nobody has read it yet.
 */
export function heldResource(connection: Connection, resource: string): ResourceState {
  // Names come from callers: only what the item itself has is looked at.
  const state = Object.hasOwn(connection.resources, resource) ? connection.resources[resource] : undefined;
  if (state !== undefined) return state;
  const read = Object.keys(connection.resources).sort();
  throw new Problem(
    'not-found',
    read.length === 0
      ? `Nothing has been read from FreshBooks through the connection ${connection.id} yet.`
      : `The resource [${resource}] of FreshBooks is not read through this connection. There are ${read.join(', ')}.`,
  );
}

/** When the latest read of a resource that brought all of it began; none while FreshBooks does not show it. */
export function lastWholeRead({ proof }: ResourceState): Instant | undefined {
  return proof?.complete === true && proof.pages > 0 ? proof.at : undefined;
}
