import type { AccessRequest, Decision, Policies } from './evaluate.ts';
import { evaluate } from './evaluate.ts';
import type { NamedPolicy, ResourcePolicy } from './policy.ts';

/** One line of `GET /authorizations`: how often a function's question was answered in one way. */
export interface Authorization {
  /** The function, or the AWS service that asked (`events.amazonaws.com`). */
  readonly function: string;
  readonly role: string;
  readonly action: string;
  readonly resource: string;
  readonly decision: Decision['decision'];
  readonly statement: Decision['statement'];
  readonly count: number;
  /** The circumstances of the first such question, to ask it again of a changed policy. */
  readonly context: AccessRequest['context'];
}

/** All policies of a stack: role name → its own, resource ARN → those that hang on it. */
export interface PolicyBook {
  readonly roles: ReadonlyMap<string, readonly NamedPolicy[]>;
  readonly resources: ReadonlyMap<string, readonly ResourcePolicy[]>;
}

/** Bucket policies speak of the objects too, so an object's ARN is looked up by its bucket's. */
function hangingOn(book: PolicyBook, resource: string): readonly ResourcePolicy[] {
  const own = book.resources.get(resource);
  if (own || !resource.startsWith('arn:aws:s3:::')) return own ?? [];
  return book.resources.get(resource.split('/')[0] ?? '') ?? [];
}

/** The policies that a decision about one role and one resource stands on. */
export function policiesFor(book: PolicyBook, role: string, resource: string): Policies {
  return { identity: book.roles.get(role) ?? [], resource: hangingOn(book, resource) };
}

// A stack that runs for weeks asks about ever new objects; what is new after so many lines is not kept.
const MOST_KEPT = 50_000;

/** Decides, and keeps every decision. */
export class AccessBook {
  readonly #book: PolicyBook;
  readonly #kept = new Map<string, Authorization>();

  constructor(book: PolicyBook) {
    this.#book = book;
  }

  decide(who: { functionName: string; roleName: string }, request: AccessRequest): Decision {
    const decision = evaluate(policiesFor(this.#book, who.roleName, request.resource), request);
    const { action, resource } = request;
    const statement = decision.statement;
    const id = [
      who.functionName,
      who.roleName,
      action,
      resource,
      decision.decision,
      JSON.stringify(statement),
    ].join('\n');
    const count = (this.#kept.get(id)?.count ?? 0) + 1;
    const line = {
      function: who.functionName,
      role: who.roleName,
      action,
      resource,
      decision: decision.decision,
      statement,
    };
    if (count > 1 || this.#kept.size < MOST_KEPT)
      this.#kept.set(id, { ...line, count, context: this.#kept.get(id)?.context ?? request.context });
    return decision;
  }

  /** Every decision since the start, in the order in which each was first made. */
  authorizations(): Authorization[] {
    return [...this.#kept.values()];
  }
}
