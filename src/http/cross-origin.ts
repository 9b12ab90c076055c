import type { Operation } from './operation.ts';
import type { HttpReply, HttpRequest } from './request.ts';
import { MethodNotAllowed, makeRouter } from './router.ts';

type Handle = (request: HttpRequest) => Promise<HttpReply>;

/** How long a browser need not ask again. */
const askAgainSeconds = '600';

/**
 * Lets pages of the origins that are listed call the operations that open with a company's access token, from the
 * browser (CORS). Any other origin or operation is answered without a word of it, which browsers take as a no.
 */
export function openToPages<D>(
  handle: Handle,
  operations: readonly Operation<D>[],
  pageOrigins: () => Promise<readonly string[]>,
): Handle {
  const methodsAt = makeMethodsAt(operations.filter(({ withCompanyToken }) => withCompanyToken));
  return async (request) => {
    const origin = request.headers['origin'];
    const methods = origin === undefined ? [] : methodsAt(request.path);
    if (origin === undefined || methods.length === 0 || !(await pageOrigins()).includes(origin)) {
      return handle(request);
    }
    if (request.method === 'OPTIONS') return preflight(origin, methods);
    const reply = await handle(request);
    const vary = [reply.headers['vary'], 'origin'].filter((name) => name !== undefined).join(', ');
    return { ...reply, headers: { ...reply.headers, 'access-control-allow-origin': origin, vary } };
  };
}

function preflight(origin: string, methods: readonly string[]): HttpReply {
  const headers = {
    'access-control-allow-origin': origin,
    'access-control-allow-methods': methods.join(', '),
    'access-control-allow-headers': 'authorization, content-type, idempotency-key',
    'access-control-max-age': askAgainSeconds,
    'cache-control': 'no-store',
    vary: 'origin',
  };
  return { status: 204, headers, cookies: [], body: '' };
}

/** The methods that there are at a path. */
function makeMethodsAt<D>(operations: readonly Operation<D>[]): (path: string) => readonly string[] {
  const route = makeRouter(operations);
  return (path) => {
    try {
      // No operation has it, so the router says which ones there are.
      route('OPTIONS', path);
      return [];
    } catch (thrown) {
      return thrown instanceof MethodNotAllowed ? thrown.allowed : [];
    }
  };
}
