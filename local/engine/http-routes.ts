import type { SharedClock } from '../clock/shared-clock.ts';
import { compileAccessLog, type LogFacts } from '../gateway/access-log.ts';
import { type LambdaRoute, makeHttpApi } from '../gateway/http-api.ts';
import { parseRouteKey } from '../gateway/route-table.ts';
import { makeThrottle } from '../gateway/throttle.ts';
import type { Resource, Stack } from '../template/read-stack.ts';
import { Refusal } from '../template/refusal.ts';
import type { Functions } from './functions.ts';

// What an account may do when the stage says nothing (API Gateway quotas).
const ACCOUNT_RATE = 10_000;
const ACCOUNT_BURST = 5000;

type Stage = Resource<'AWS::ApiGatewayV2::Stage'>;

function onlyOne<T>(all: readonly T[], what: string): T | undefined {
  const [first, second] = all;
  if (second) throw new Refusal(`a second ${what}`, 'Resources', 'there is one origin', 'Keep one');
  return first;
}

function admitOf(stage: Stage, routeKey: string, shared: () => boolean): () => boolean {
  const own = stage.properties.RouteSettings?.[routeKey];
  if (!own) return shared;
  return makeThrottle(
    own.ThrottlingRateLimit ?? ACCOUNT_RATE,
    own.ThrottlingBurstLimit ?? ACCOUNT_BURST,
    () => performance.now(),
  );
}

/** The ARN a function is named by inside an integration's URI, in both forms CloudFormation takes. */
function functionArnOf(uri: string): string {
  return /functions\/(arn:[^/]+)\/invocations/.exec(uri)?.[1] ?? uri;
}

function readRoutes(stack: Stack, stage: Stage, apiId: string, functions: Functions): LambdaRoute[] {
  const settings = stage.properties.DefaultRouteSettings;
  const shared = makeThrottle(
    settings?.ThrottlingRateLimit ?? ACCOUNT_RATE,
    settings?.ThrottlingBurstLimit ?? ACCOUNT_BURST,
    () => performance.now(),
  );
  return stack.all('AWS::ApiGatewayV2::Route').map(({ logicalId, properties }): LambdaRoute => {
    const where = `Resources.${logicalId}.Properties.Target`;
    const integration = stack
      .all('AWS::ApiGatewayV2::Integration')
      .find(({ identity }) => properties.Target === `integrations/${identity.ref}`);
    if (!integration)
      throw new Refusal(
        `the target ${properties.Target}`,
        where,
        'the stack has no such integration',
        'Correct the route',
      );
    const functionArn = functionArnOf(integration.properties.IntegrationUri);
    if (!functions.find(functionArn))
      throw new Refusal(
        `the function ${functionArn}`,
        where,
        'the stack has no such function',
        'Correct the integration',
      );
    const path = properties.RouteKey === '$default' ? '/$default' : properties.RouteKey.split(' ')[1];
    const { region, account } = stack.place;
    return {
      ...parseRouteKey(properties.RouteKey),
      timeoutMs: integration.properties.TimeoutInMillis,
      admit: admitOf(stage, properties.RouteKey, shared),
      invoke: (event, method) =>
        functions.invokeFrom(
          'apigateway.amazonaws.com',
          `arn:aws:execute-api:${region}:${account}:${apiId}/$default/${method}${path}`,
          functionArn,
          event,
        ),
    };
  });
}

export interface AccessLog {
  readonly group: string;
  readonly line: string;
}

/** The stack's HTTP API as a server, or undefined when it has none. */
export function makeOrigin(
  stack: Stack,
  functions: Functions,
  clock: SharedClock,
  onAccess: (log: AccessLog) => void,
) {
  const api = onlyOne(stack.all('AWS::ApiGatewayV2::Api'), 'HTTP API');
  if (!api) return undefined;
  const stage = onlyOne(stack.all('AWS::ApiGatewayV2::Stage'), 'stage');
  if (!stage)
    throw new Refusal(
      'an HTTP API without a stage',
      `Resources.${api.logicalId}`,
      'nothing would answer',
      'Add a $default stage',
    );
  const settings = stage.properties.AccessLogSettings;
  const write =
    settings &&
    compileAccessLog(settings.Format, `Resources.${stage.logicalId}.Properties.AccessLogSettings.Format`);
  const group = (settings?.DestinationArn ?? '').split(':log-group:')[1]?.replace(/:\*$/, '') ?? '';
  return makeHttpApi({
    id: api.identity.ref,
    account: stack.place.account,
    routes: readRoutes(stack, stage, api.identity.ref, functions),
    cors: api.properties.CorsConfiguration,
    secure: stack.place.originUrl.startsWith('https:'),
    now: () => clock.now(),
    onRequest: (facts: LogFacts) => {
      if (write) onAccess({ group, line: write(facts) });
    },
  });
}
