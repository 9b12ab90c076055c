import { CfnElement, Stack } from 'aws-cdk-lib';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import type {
  ApiConfig,
  EventSenderConfig,
  OauthConfig,
  PortalConfig,
  SchedulerConfig,
  SetupConfig,
  SyncWorkerConfig,
  WebhookInConfig,
} from '../src/config.ts';
import { acknowledge } from './acknowledge.ts';
import { PlatformFunction } from './constructs/platform-function.ts';
import { permissions } from './permissions.ts';
import type { Surroundings } from './surroundings.ts';

/** How long one worker, and one turn of the event sender, may work. */
export const workerSeconds = 900;
export const senderSeconds = 120;

export type Functions = ReturnType<typeof makeFunctions>;

/** The functions, each with the environment that its schema in src/config.ts asks for and its row of permissions. */
export function makeFunctions(scope: Construct, around: Surroundings) {
  const may = permissions(around);
  const { bundles } = around;
  const common = { STAGE: around.stage };
  const state = { STATE_TABLE: around.store.state.tableName };
  const signIn = {
    SIGN_IN_ISSUER: around.signIn.issuer,
    SIGN_IN_CLIENT_ID: around.signIn.client.userPoolClientId,
  };
  const publicUrl = { PUBLIC_URL: around.publicUrl };
  const wake = { SYNC_QUEUE_URL: around.queue.queueUrl };
  const freshBooks = {
    FRESHBOOKS_API_URL: around.freshBooksApi,
    FRESHBOOKS_AUTH_URL: around.freshBooksAuth,
  };
  const secrets = { APP_SECRET_ID: around.secret.secretArn };
  const grants = { GRANTS_TABLE: around.store.grants.tableName, GRANT_KEY_ID: around.keys.grants.keyArn };
  const calls = { CALLS_TABLE: around.store.calls.tableName };
  const announce = { EVENT_QUEUE_URL: around.eventQueue.queueUrl };
  const events = { EVENTS_TABLE: around.store.events.tableName };
  const webhooks = {
    WEBHOOK_KEY_ID: around.keys.webhooks.keyArn,
    // What the parameter allows is one of the two; the function checks it again.
    WEBHOOK_LOOPBACK: around.webhookLoopback,
  };
  const books = { BOOKS_BUCKET: around.books.bucketName };

  const setup = new PlatformFunction(scope, 'Setup', {
    folder: 'setup',
    bundles,
    description: "Set-up: the app's keys, scopes, enabled or not",
    environment: { ...common, ...state, ...signIn, ...publicUrl, ...secrets } satisfies SetupConfig,
    permissions: may.setup,
    memoryMegabytes: 512,
    timeoutSeconds: 29,
  });
  const oauth = new PlatformFunction(scope, 'Oauth', {
    folder: 'oauth',
    bundles,
    description: 'The link journey: start, callback, choice of business; consents moved in and out',
    environment: {
      ...common,
      ...state,
      ...calls,
      ...signIn,
      ...publicUrl,
      ...wake,
      ...books,
      ...announce,
      ...freshBooks,
      ...secrets,
      ...grants,
    } satisfies OauthConfig,
    permissions: may.oauth,
    memoryMegabytes: 1024,
    timeoutSeconds: 29,
  });
  const api = new PlatformFunction(scope, 'Api', {
    folder: 'api',
    bundles,
    description: 'The public API',
    environment: {
      ...common,
      ...state,
      ...calls,
      ...signIn,
      ...publicUrl,
      ...wake,
      ...announce,
      ...events,
      ...webhooks,
      ...books,
    } satisfies Record<keyof ApiConfig, string>,
    permissions: may.api,
    memoryMegabytes: 1769,
    timeoutSeconds: 29,
  });
  const scheduler = new PlatformFunction(scope, 'Scheduler', {
    folder: 'scheduler',
    bundles,
    description: 'Every minute: which connections are due',
    environment: { ...common, ...state, ...wake, ...announce, ...events } satisfies SchedulerConfig,
    permissions: may.scheduler,
    memoryMegabytes: 512,
    timeoutSeconds: 55,
  });
  const syncWorker = new PlatformFunction(scope, 'SyncWorker', {
    folder: 'sync-worker',
    bundles,
    description: "One message: one connection's run",
    environment: {
      ...common,
      ...state,
      ...publicUrl,
      ...wake,
      ...announce,
      ...books,
      ...freshBooks,
      ...secrets,
      ...grants,
    } satisfies SyncWorkerConfig,
    permissions: may.syncWorker,
    memoryMegabytes: 1769,
    timeoutSeconds: workerSeconds,
  });
  const webhookIn = new PlatformFunction(scope, 'WebhookIn', {
    folder: 'webhook-in',
    bundles,
    description: "FreshBooks' callbacks: hints to fetch",
    environment: { ...common, ...state, ...wake } satisfies WebhookInConfig,
    permissions: may.webhookIn,
    memoryMegabytes: 512,
    // FreshBooks waits ten seconds.
    timeoutSeconds: 9,
  });
  const eventSender = new PlatformFunction(scope, 'EventSender', {
    folder: 'event-sender',
    bundles,
    description: 'Moves events to the feed, and sends them to endpoints',
    environment: {
      ...common,
      ...state,
      ...publicUrl,
      ...announce,
      ...events,
      ...webhooks,
    } satisfies Record<keyof EventSenderConfig, string>,
    permissions: may.eventSender,
    memoryMegabytes: 512,
    timeoutSeconds: senderSeconds,
  });
  const portal = new PlatformFunction(scope, 'Portal', {
    folder: 'portal',
    bundles,
    description: "The administrators' portal: static files",
    environment: { ...common, ...signIn, SIGN_IN_PAGES: around.signIn.pages } satisfies PortalConfig,
    permissions: may.portal,
    memoryMegabytes: 512,
    timeoutSeconds: 10,
  });
  acknowledgeObjects(around.books, 'books', [api, syncWorker], 'company, connection and run');
  acknowledgeObjects(around.books, 'consents', [oauth, syncWorker], 'grant');
  return { setup, oauth, api, scheduler, syncWorker, webhookIn, eventSender, portal };
}

/** The rule names the bucket by its logical id in the template. */
function acknowledgeObjects(
  books: Bucket,
  prefix: string,
  functions: readonly PlatformFunction[],
  namedBy: string,
): void {
  const id = books.node.defaultChild;
  if (!CfnElement.isCfnElement(id)) throw new Error('a bucket is made of one template resource');
  for (const { role } of functions) {
    acknowledge(
      role,
      `IAM5[Resource::<${Stack.of(books).getLogicalId(id)}.Arn>/${prefix}/*]`,
      `Objects under ${prefix}/ are named by ${namedBy}: the names are not known at deployment, the prefix is.`,
    );
  }
}
