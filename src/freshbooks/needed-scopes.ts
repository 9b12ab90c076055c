import type { DataType } from '../domain/data-types.ts';
import { catalog } from './catalog.ts';
import { resourcesOf } from './project/projections.ts';

const scopes: Readonly<Record<string, { scope: string }>> = catalog;

/** The scopes without which a data type cannot be read: one for each resource that it is made of. */
export function neededScopes(dataType: DataType): string[] {
  const needed = resourcesOf(dataType).flatMap((resource) => scopes[resource]?.scope ?? []);
  return [...new Set(needed)].map((scope) => `user:${scope}:read`);
}
