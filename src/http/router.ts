import findMyWay from 'find-my-way';
import { Problem } from '../domain/problem.ts';
import type { Method, Operation } from './operation.ts';

const methods: readonly Method[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/**
 * API Gateway hands over paths decoded, other ways of calling a function encoded: what cannot stand in an encoded
 * path is encoded, and the rest left as it is.
 */
function encodedPath(path: string): string {
  return path.toWellFormed().replaceAll(/%(?![0-9A-Fa-f]{2})|[?#]|[^\x21-\x7e]/gu, encodeURIComponent);
}

/** Ids are texts of any kind, but not of any length. */
const maxParamLength = 1024;

/** A path that exists, asked with a method it does not have. */
export class MethodNotAllowed extends Problem {
  readonly allowed: readonly Method[];

  constructor(method: string, allowed: readonly Method[]) {
    super('method-not-allowed', `${method} is not possible here. Use ${allowed.join(' or ')}.`);
    this.name = 'MethodNotAllowed';
    this.allowed = allowed;
  }
}

export type Match<D> = { operation: Operation<D>; params: Record<string, string | undefined> };

/**
 * Finds the operation for a method and a path, whether it is still percent-encoded or was decoded on its way.
 * Parameters come decoded. Throws Problem `not-found` for a path that no operation has, and `MethodNotAllowed` for one that has others.
 */
export function makeRouter<D>(operations: readonly Operation<D>[]) {
  const router = findMyWay({ maxParamLength, ignoreTrailingSlash: true });
  const byHandler = new Map<unknown, Operation<D>>();
  for (const operation of operations) {
    const handler = () => undefined;
    byHandler.set(handler, operation);
    router.on(operation.method, operation.path.replaceAll(/\{(\w+)\}/g, ':$1'), handler);
  }

  const find = (method: Method, path: string): Match<D> | undefined => {
    const found = router.find(method, encodedPath(path));
    const operation = found ? byHandler.get(found.handler) : undefined;
    return found && operation ? { operation, params: found.params } : undefined;
  };

  return (method: string, path: string): Match<D> => {
    const known = methods.find((name) => name === method);
    const match = known && find(known, path);
    if (match) return match;
    const allowed = methods.filter((name) => find(name, path));
    if (allowed.length) throw new MethodNotAllowed(method, allowed);
    throw new Problem('not-found', 'There is nothing at this path. Check it against the list of operations.');
  };
}
