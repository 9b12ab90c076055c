import type { ResourceState } from './dataset.ts';

/** Enough of a digest to tell two snapshots of one resource apart. */
const digestLength = 16;

/**
 * What a unified snapshot is made of, as a text to compare: the mapping, and each resource with the beginning of its
 * raw snapshot's digest.
 *
 *     projectedFrom('3', ['invoices', 'systems'], states) // '3 invoices:0f3a61c2d4e5b697 systems:none'
 */
export function projectedFrom(
  mapping: string,
  resources: readonly string[],
  states: Readonly<Record<string, ResourceState>>,
): string {
  const parts = resources.map((resource) => `${resource}:${digestOf(states[resource])}`);
  return [mapping, ...parts].join(' ');
}

/**
 * The resources in a text of `projectedFrom`, the one that gives the records first. `current` is false for one whose
 * raw snapshot has become another since.
 */
export function madeOf(
  text: string,
  states: Readonly<Record<string, ResourceState>>,
): { resource: string; current: boolean }[] {
  const [, ...parts] = text.split(' ');
  return parts.map((part) => {
    const cut = part.lastIndexOf(':');
    const resource = part.slice(0, cut);
    return { resource, current: part.slice(cut + 1) === digestOf(states[resource]) };
  });
}

function digestOf(state: ResourceState | undefined): string {
  return state?.snapshot?.digest.slice(0, digestLength) ?? 'none';
}
