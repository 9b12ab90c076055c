/** A route of the HTTP API, as its key says it: `GET /companies/{id}`, `ANY /setup/{proxy+}`, `$default`. */
export interface RouteKey {
  readonly key: string;
  readonly method: string;
  readonly segments: readonly string[];
}

export interface RouteMatch<R extends RouteKey> {
  readonly route: R;
  readonly parameters: Readonly<Record<string, string>>;
}

export function parseRouteKey(key: string): RouteKey {
  if (key === '$default') return { key, method: 'ANY', segments: [] };
  const [method = 'ANY', path = '/'] = key.split(' ');
  return { key, method, segments: path.split('/').slice(1) };
}

const GREEDY = /^\{(.+)\+\}$/;
const VARIABLE = /^\{(.+)\}$/;

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function matchPath(pattern: readonly string[], path: readonly string[]): Record<string, string> | undefined {
  const parameters: Record<string, string> = {};
  for (const [index, segment] of pattern.entries()) {
    const actual = path[index];
    const greedy = GREEDY.exec(segment)?.[1];
    if (greedy !== undefined) {
      if (actual === undefined) return undefined;
      parameters[greedy] = decode(path.slice(index).join('/'));
      return parameters;
    }
    const variable = VARIABLE.exec(segment)?.[1];
    if (actual === undefined || (variable === undefined && segment !== actual)) return undefined;
    if (variable !== undefined) parameters[variable] = decode(actual);
  }
  return pattern.length === path.length ? parameters : undefined;
}

/** Larger is more specific: literal before variable before greedy, segment by segment; then method before ANY. */
function weight(route: RouteKey): string {
  if (route.key === '$default') return '';
  const segments = route.segments.map((segment) =>
    GREEDY.test(segment) ? '1' : VARIABLE.test(segment) ? '2' : '3',
  );
  return `${segments.join('')}${route.method === 'ANY' ? '0' : '1'}`;
}

/**
 * Finds the route for a request: the most specific first, `$default` last
 * (API Gateway developer guide, "Routing API requests").
 */
export function makeRouteTable<R extends RouteKey>(
  routes: readonly R[],
): (method: string, path: string) => RouteMatch<R> | undefined {
  const ordered = routes.toSorted((left, right) => (weight(left) < weight(right) ? 1 : -1));
  return (method, path) => {
    const segments = path.split('/').slice(1);
    for (const route of ordered) {
      if (route.key === '$default') return { route, parameters: {} };
      if (route.method !== 'ANY' && route.method !== method) continue;
      const parameters = matchPath(route.segments, segments);
      if (parameters) return { route, parameters };
    }
    return undefined;
  };
}
