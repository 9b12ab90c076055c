import { textOf } from '../json.ts';
import type { Books, ResourceName } from './resource.ts';

/** The number after the highest there is, seven digits (§3A.2). */
export const nextNumber = (resource: ResourceName, field: string, books: Books): string => {
  const numbers = books
    .rows(resource)
    .ascending()
    .map((row) => Number(textOf(row, field)));
  return String(Math.max(0, ...numbers.filter(Number.isFinite)) + 1).padStart(7, '0');
};
