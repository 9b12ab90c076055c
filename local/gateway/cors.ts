/** CORS of an HTTP API: the gateway answers preflights itself and adds the headers to every reply. */
export interface Cors {
  readonly AllowOrigins?: readonly string[] | undefined;
  readonly AllowMethods?: readonly string[] | undefined;
  readonly AllowHeaders?: readonly string[] | undefined;
  readonly ExposeHeaders?: readonly string[] | undefined;
  readonly AllowCredentials?: boolean | undefined;
  readonly MaxAge?: number | undefined;
}

function allowed(cors: Cors, origin: string | undefined): string | undefined {
  const origins = cors.AllowOrigins ?? [];
  if (origin === undefined) return undefined;
  if (origins.includes('*')) return '*';
  return origins.includes(origin) ? origin : undefined;
}

/** Headers for a reply to a request from that origin; none when the origin is not allowed. */
export function corsHeaders(
  cors: Cors | undefined,
  origin: string | undefined,
  preflight: boolean,
): Record<string, string> {
  const who = cors && allowed(cors, origin);
  if (!cors || who === undefined) return {};
  const optional = {
    'access-control-allow-credentials': cors.AllowCredentials ? 'true' : undefined,
    'access-control-expose-headers': preflight ? undefined : cors.ExposeHeaders?.join(','),
    'access-control-allow-methods': preflight ? cors.AllowMethods?.join(',') : undefined,
    'access-control-allow-headers': preflight ? cors.AllowHeaders?.join(',') : undefined,
    'access-control-max-age': preflight && cors.MaxAge !== undefined ? String(cors.MaxAge) : undefined,
  };
  const given = Object.entries(optional).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  );
  return { 'access-control-allow-origin': who, vary: 'Origin', ...Object.fromEntries(given) };
}
