import { edgeTypes } from './edges.ts';
import { functionTypes } from './functions.ts';
import { secretTypes } from './secrets.ts';
import { storageTypes } from './storage.ts';
import { tableTypes } from './tables.ts';

/** Every resource type the engine understands. */
export const resourceTypes = {
  ...tableTypes,
  ...storageTypes,
  ...secretTypes,
  ...functionTypes,
  ...edgeTypes,
} as const;

export type TypeName = keyof typeof resourceTypes;

export function isTypeName(name: string): name is TypeName {
  return Object.hasOwn(resourceTypes, name);
}
