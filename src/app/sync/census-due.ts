import { createHash } from 'node:crypto';
import type { ResourceState } from '../../domain/dataset.ts';
import { type Instant, millisOf } from '../../domain/instant.ts';

const week = 7 * 86_400_000;

/**
 * Whether everything of a resource is to be compared with FreshBooks, and not only what changed: once in each week of
 * its own, which begins at another moment for each `name` so that not all fall due at once; and when FreshBooks counts
 * other rows than we hold, or hides others from us than before.
 */
export function censusDue(state: ResourceState | undefined, name: string, now: Instant): boolean {
  if (state?.cursor === undefined) return false;
  const { compared, proof } = state;
  if (compared?.sure !== true) return true;
  const weekOf = (at: Instant): number => Math.floor((millisOf(at) + offsetOf(name)) / week);
  if (weekOf(now) > weekOf(compared.at)) return true;
  if (proof?.sourceTotal === undefined) return false;
  return proof.sourceTotal - proof.held !== compared.beyond || proof.hiddenRows > compared.hidden;
}

function offsetOf(name: string): number {
  return createHash('sha256').update(name).digest().readUInt32BE() % week;
}
