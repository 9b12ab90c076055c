import type { DescribedOperation } from '../operation.ts';

/** An operation's name as clients are generated from it: camel case, unique over all tables. */
export function operationId({ name }: Pick<DescribedOperation, 'name'>): string {
  return name.replaceAll(/_+([A-Za-z]?)/g, (_, letter: string) => letter.toUpperCase());
}
