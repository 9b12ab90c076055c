import { Refusal } from '../template/refusal.ts';

/** What an access log line may tell: the `$context` variables the gateway works out. */
const CONTEXT_VARIABLES = [
  'requestId',
  'extendedRequestId',
  'accountId',
  'apiId',
  'domainName',
  'httpMethod',
  'path',
  'protocol',
  'routeKey',
  'stage',
  'status',
  'responseLength',
  'responseLatency',
  'requestTime',
  'requestTimeEpoch',
  'identity.sourceIp',
  'identity.userAgent',
  'integrationLatency',
  'integrationStatus',
  'integrationErrorMessage',
  'integration.latency',
  'integration.status',
  'integration.integrationStatus',
  'integration.error',
  'integration.requestId',
  'error.message',
  'error.responseType',
] as const;

type ContextVariable = (typeof CONTEXT_VARIABLES)[number];
export type LogFacts = Partial<Readonly<Record<ContextVariable, string>>>;

const VARIABLE = /\$context\.([A-Za-z.]*[A-Za-z])/g;

function isKnown(name: string): name is ContextVariable {
  return CONTEXT_VARIABLES.some((known) => known === name);
}

/**
 * Compiles the access log format of a stage. A variable without a value is written as `-`, as in AWS.
 *
 * @throws {Refusal} at a variable that is not worked out here
 */
export function compileAccessLog(format: string, where: string): (facts: LogFacts) => string {
  for (const [, name = ''] of format.matchAll(VARIABLE)) {
    if (isKnown(name)) continue;
    throw new Refusal(
      `$context.${name}`,
      where,
      `known are ${CONTEXT_VARIABLES.join(', ')}`,
      'Use one of those, or teach it to local/gateway/access-log.ts',
    );
  }
  return (facts) =>
    format.replace(VARIABLE, (_all, name: string) =>
      escaped((isKnown(name) ? facts[name] : undefined) ?? '-'),
    );
}

/** What a caller wrote must not end a line or a JSON text: `"` and control characters as JSON writes them. */
function escaped(value: string): string {
  return JSON.stringify(value).slice(1, -1);
}
