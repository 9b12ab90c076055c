import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import { HttpApi, type HttpMethod, HttpStage, LogGroupLogDestination } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { acknowledge } from '../acknowledge.ts';

/** Which paths a function answers. Operations live in src/http: here is one set of catch-all routes a function. */
export type RouteSet = {
  function: IFunction;
  name: string;
  routes: readonly { method: HttpMethod; path: string }[];
};

/** The one origin: portal, set-up, link journey and public API. Authentication is the functions' (docs/adr/0004). */
export class FrontDoor extends Construct {
  readonly api: HttpApi;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.api = new HttpApi(this, 'Api', { createDefaultStage: false, description: 'Ledgerlink' });
    const accessLog = new LogGroup(this, 'AccessLog', { retention: RetentionDays.THREE_MONTHS });
    new HttpStage(this, 'Stage', {
      httpApi: this.api,
      stageName: '$default',
      autoDeploy: true,
      throttle: { rateLimit: 200, burstLimit: 400 },
      accessLogSettings: {
        destination: new LogGroupLogDestination(accessLog),
        // No query string: an OAuth redirect carries its code there. No path either: callers write what they like in it,
        // and the function's log tells the operation under the same request id.
        format: AccessLogFormat.custom(
          JSON.stringify({
            requestId: '$context.requestId',
            time: '$context.requestTime',
            method: '$context.httpMethod',
            route: '$context.routeKey',
            status: '$context.status',
            bytes: '$context.responseLength',
            milliseconds: '$context.responseLatency',
            source: '$context.identity.sourceIp',
          }),
        ),
      },
    });
  }

  serve(sets: readonly RouteSet[]): void {
    for (const set of sets) {
      const integration = new HttpLambdaIntegration(`${set.name}Integration`, set.function);
      for (const { method, path } of set.routes) {
        for (const route of this.api.addRoutes({ path, methods: [method], integration })) {
          acknowledge(
            route,
            'APIG4',
            "The function authenticates, so that every refusal has the API's own error body; a gateway authorizer's bodies cannot be shaped.",
          );
        }
      }
    }
  }
}
