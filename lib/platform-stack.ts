import { CfnCondition, CfnOutput, CfnParameter, Fn, Stack, type StackProps } from 'aws-cdk-lib';
import { HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction as LambdaTarget } from 'aws-cdk-lib/aws-events-targets';
import { EventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { Alarms, alarmPeriod, outcome } from './constructs/alarms.ts';
import { AppSecret } from './constructs/app-secret.ts';
import { BooksStore } from './constructs/books-store.ts';
import { FrontDoor } from './constructs/front-door.ts';
import { Keys } from './constructs/keys.ts';
import { SignIn } from './constructs/sign-in.ts';
import { StateStore } from './constructs/state-store.ts';
import { WakeQueue } from './constructs/wake-queue.ts';
import { type Functions, makeFunctions, senderSeconds, workerSeconds } from './functions.ts';

const connectionPath = '/companies/{companyId}/connections/{connectionId}';

export type PlatformStackProps = StackProps & {
  /** Names the deployment: `production`, `staging`. Two stages never share a grant. */
  stage: string;
  /** Folder of the built bundles. */
  bundles: string;
};

/** The whole product in one stack: this file only joins the subsystems. */
export class PlatformStack extends Stack {
  constructor(scope: Construct, id: string, props: PlatformStackProps) {
    super(scope, id, { description: 'Ledgerlink: FreshBooks accounting integration', ...props });
    const keys = new Keys(this, 'Keys');
    const store = new StateStore(this, 'Store');
    const books = new BooksStore(this, 'BooksStore', { key: keys.books });
    const secret = new AppSecret(this, 'AppSecret', { key: keys.grants });
    const queue = new WakeQueue(this, 'SyncQueue', { hiddenSeconds: workerSeconds + 60 });
    const eventQueue = new WakeQueue(this, 'EventQueue', { hiddenSeconds: senderSeconds + 30 });
    const frontDoor = new FrontDoor(this, 'FrontDoor');
    const publicUrl = this.publicUrl(frontDoor);
    const signIn = new SignIn(this, 'SignIn', { stage: props.stage, portalUrl: `${publicUrl}/portal` });
    const functions = makeFunctions(this, {
      stage: props.stage,
      bundles: props.bundles,
      publicUrl,
      freshBooksApi: this.address('FreshBooksApiUrl', 'https://api.freshbooks.com'),
      freshBooksAuth: this.address('FreshBooksAuthUrl', 'https://auth.freshbooks.com'),
      webhookLoopback: new CfnParameter(this, 'WebhookLoopback', {
        default: 'refused',
        allowedValues: ['refused', 'allowed'],
        description: 'Whether webhooks may be sent to the machine itself; for the start on one machine only',
      }).valueAsString,
      keys,
      store,
      books: books.bucket,
      secret: secret.secret,
      queue: queue.queue,
      eventQueue: eventQueue.queue,
      signIn,
    });
    this.route(frontDoor, functions);
    this.trigger(queue, eventQueue, functions);
    this.watch(queue, eventQueue, functions);
    this.tell({
      OriginUrl: publicUrl,
      PortalUrl: `${publicUrl}/portal/`,
      RedirectUrl: `${publicUrl}/oauth/callback`,
      StateTable: store.state.tableName,
      GrantsTable: store.grants.tableName,
      CallsTable: store.calls.tableName,
      EventsTable: store.events.tableName,
      BooksBucket: books.bucket.bucketName,
      GrantKey: keys.grants.keyArn,
      WebhookKey: keys.webhooks.keyArn,
      FreshBooksSecret: secret.secret.secretArn,
    });
  }

  /** The origin that people and FreshBooks see: the gateway's own address, or the deployer's domain before it. */
  private publicUrl(frontDoor: FrontDoor): string {
    const own = new CfnParameter(this, 'PublicUrl', {
      default: '',
      description:
        'https origin of your own domain, without a slash at the end; empty: the address of the API',
      allowedPattern: '^$|^https?://[^/]+$',
    });
    const given = new CfnCondition(this, 'HasPublicUrl', {
      expression: Fn.conditionNot(Fn.conditionEquals(own.valueAsString, '')),
    });
    return Fn.conditionIf(given.logicalId, own.valueAsString, frontDoor.api.apiEndpoint).toString();
  }

  /** What an operator looks for after a deployment. */
  private tell(outputs: Record<string, string>): void {
    for (const [name, value] of Object.entries(outputs)) new CfnOutput(this, name, { value });
  }

  private address(id: string, standard: string): string {
    return new CfnParameter(this, id, { default: standard, allowedPattern: '^https?://[^/]+$' })
      .valueAsString;
  }

  private route(frontDoor: FrontDoor, functions: Functions): void {
    const any = (path: string) => ({ method: HttpMethod.ANY, path });
    frontDoor.serve([
      { name: 'Setup', function: functions.setup.lambda, routes: [any('/setup/{proxy+}')] },
      {
        name: 'Oauth',
        function: functions.oauth.lambda,
        routes: [
          any('/link/{proxy+}'),
          any('/oauth/{proxy+}'),
          any(`${connectionPath}/authorization`),
          any(`${connectionPath}/authorization/{proxy+}`),
        ],
      },
      {
        name: 'Portal',
        function: functions.portal.lambda,
        routes: [{ method: HttpMethod.GET, path: '/' }, any('/portal'), any('/portal/{proxy+}')],
      },
      {
        name: 'WebhookIn',
        function: functions.webhookIn.lambda,
        routes: [any('/hooks/freshbooks/{proxy+}')],
      },
      { name: 'Api', function: functions.api.lambda, routes: [any('/{proxy+}')] },
    ]);
  }

  private trigger(queue: WakeQueue, eventQueue: WakeQueue, functions: Functions): void {
    new Rule(this, 'EveryMinute', {
      schedule: Schedule.expression('rate(1 minute)'),
      targets: [new LambdaTarget(functions.scheduler.lambda, { retryAttempts: 0 })],
    });
    new EventSourceMapping(this, 'WakesWorker', {
      target: functions.syncWorker.lambda,
      eventSourceArn: queue.queue.queueArn,
      batchSize: 1,
      reportBatchItemFailures: true,
      maxConcurrency: 50,
    });
    new EventSourceMapping(this, 'WakesSender', {
      target: functions.eventSender.lambda,
      eventSourceArn: eventQueue.queue.queueArn,
      batchSize: 1,
      reportBatchItemFailures: true,
      maxConcurrency: 20,
    });
  }

  private watch(queue: WakeQueue, eventQueue: WakeQueue, functions: Functions): void {
    new Alarms(this, 'Alarms', [
      {
        name: 'ParkedMessages',
        metric: queue.parked.metricApproximateNumberOfMessagesVisible(alarmPeriod),
        threshold: 1,
        impact: 'A connection could not be synced in five tries: its books are getting old.',
        lookAt: 'the worker log for the message id, then redrive the parked queue.',
      },
      {
        name: 'ParkedEvents',
        metric: eventQueue.parked.metricApproximateNumberOfMessagesVisible(alarmPeriod),
        threshold: 1,
        impact: 'Events of some company are not moved to the feed: consumers learn of nothing new there.',
        lookAt: 'the event-sender function log for the message id, then redrive the parked queue.',
      },
      {
        name: 'LinkJourneyErrors',
        metric: functions.oauth.lambda.metricErrors(alarmPeriod),
        threshold: 1,
        impact: 'A customer who was linking saw an error page.',
        lookAt: 'the oauth function log.',
      },
      {
        name: 'WorkerErrors',
        metric: functions.syncWorker.lambda.metricErrors(alarmPeriod),
        threshold: 3,
        impact: 'Syncs are failing before they can say why; data is getting old.',
        lookAt: 'the sync-worker function log.',
      },
      {
        name: 'ConsentsHeld',
        metric: outcome('grant.storm'),
        threshold: 1,
        impact:
          'FreshBooks refused the consents of many customers within minutes: they are kept, and read until their access ends.',
        lookAt: "FreshBooks' status page and the app there, then GET /setup/integration/refusals.",
      },
      {
        name: 'KeysRefused',
        metric: outcome('grant.refresh.keys-refused'),
        threshold: 1,
        impact:
          'FreshBooks refuses the keys of the app: books are read until the accesses end, within twelve hours.',
        lookAt: 'the Client ID and Client secret in the settings, against those of the app in FreshBooks.',
      },
      {
        name: 'RefreshesUnanswered',
        metric: outcome('grant.refresh.unanswered'),
        threshold: 20,
        impact: 'FreshBooks does not renew access: books are read until it ends, and no consent is lost.',
        lookAt: "FreshBooks' status page; it is tried again by itself.",
      },
      {
        name: 'TotalsDiffer',
        metric: outcome('sync.controls.differ'),
        threshold: 1,
        impact: "What is held of some customer comes to another total than FreshBooks' own report.",
        lookAt: 'the proof of the data type that the worker log names (sync.controls.differ).',
      },
      {
        name: 'FreshBooksGrew',
        metric: outcome('freshbooks.drift'),
        threshold: 1,
        impact:
          'FreshBooks sends fields or values that the mapping does not know: only the raw rows have them.',
        lookAt: 'the worker log (freshbooks.drift), then the mapping of the resource that it names.',
      },
      {
        name: 'ServicesDown',
        metric: outcome('sync.datasets.put-off'),
        threshold: 20,
        impact:
          'Reads are put off because a service of AWS does not answer, or refuses: books are getting old.',
        lookAt:
          'the sync-worker function log for services-down, then the keys, roles and quotas of the account.',
      },
      {
        name: 'ScheduleErrors',
        metric: functions.scheduler.lambda.metricErrors(alarmPeriod),
        threshold: 3,
        impact: 'Nothing is being scheduled: all books are getting old.',
        lookAt: 'the scheduler function log.',
      },
    ]);
  }
}
