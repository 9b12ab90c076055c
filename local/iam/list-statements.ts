import type { NamedPolicy } from './policy.ts';

/** One statement as it was written, with the place it was written at. */
export interface WrittenStatement {
  readonly role: string;
  readonly policy: string;
  readonly index: number;
  readonly sid?: string;
  readonly effect: 'Allow' | 'Deny';
  readonly actions: readonly string[];
  readonly resources: readonly string[];
}

/**
 * Every statement of every role, in the order of the template, so that a test can compare what was used (see
 * `GET /authorizations`) with what was written.
 *
 * @param roles role name → its policies, inline and attached
 */
export function listStatements(roles: ReadonlyMap<string, readonly NamedPolicy[]>): WrittenStatement[] {
  return [...roles].flatMap(([role, policies]) =>
    policies.flatMap(({ name, document }) =>
      document.Statement.map((statement, index) => ({
        role,
        policy: name,
        index,
        ...(statement.Sid === undefined ? {} : { sid: statement.Sid }),
        effect: statement.Effect,
        actions: statement.Action ?? (statement.NotAction ?? []).map((action) => `not ${action}`),
        resources: statement.Resource ?? (statement.NotResource ?? []).map((resource) => `not ${resource}`),
      })),
    ),
  );
}
