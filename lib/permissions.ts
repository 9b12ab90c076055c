import type { Permission } from './constructs/platform-function.ts';
import type { Surroundings } from './surroundings.ts';

/**
 * Who may do what. Each row is one statement of one role; an end-to-end test fails when a statement, an action or a
 * resource here is used by nothing, and another when one says more than its row in test/infra.
 */
export function permissions(around: Surroundings) {
  const { store, books, keys, secret, queue, eventQueue } = around;
  const state = store.state.tableArn;
  const grants = store.grants.tableArn;
  const events = store.events.tableArn;
  const secretArn = secret.secretArn;
  const escrow = books.arnForObjects('consents/*');

  const row = (name: string, actions: readonly string[], ...resources: string[]): Permission => ({
    name,
    actions,
    resources,
  });
  const underWebhooks = (name: string, action: string): Permission => ({
    ...row(name, [action], keys.webhooks.keyArn),
    conditions: {
      StringEquals: {
        'kms:EncryptionContext:stage': around.stage,
        'kms:EncryptionContext:purpose': 'webhook',
      },
    },
  });
  const wakesWorkers = row('WakesWorkers', ['sqs:SendMessage'], queue.queueArn);
  const announcesEvents = row('AnnouncesEvents', ['sqs:SendMessage'], eventQueue.queueArn);
  const opensAppKeys = row('OpensAppKeys', ['secretsmanager:GetSecretValue'], secretArn);
  const sealsGrants: Permission = {
    ...row('SealsGrants', ['kms:GenerateDataKey', 'kms:Decrypt'], keys.grants.keyArn),
    conditions: { StringEquals: { 'kms:EncryptionContext:stage': around.stage } },
  };
  const throughSecretsManager = (name: string, actions: readonly string[]): Permission => ({
    ...row(name, actions, keys.grants.keyArn),
    conditions: { StringEquals: { 'kms:EncryptionContext:SecretARN': secretArn } },
  });

  return {
    setup: [
      row('KeepsSetup', ['dynamodb:GetItem', 'dynamodb:PutItem'], state),
      row('ReadsConnections', ['dynamodb:BatchGetItem', 'dynamodb:Query'], state),
      row('ListsCompanies', ['dynamodb:Query'], store.indexArn('by-entity')),
      row('SavesAppKeys', ['secretsmanager:PutSecretValue'], secretArn),
      throughSecretsManager('EncryptsAppKeys', ['kms:GenerateDataKey', 'kms:Decrypt']),
    ],
    oauth: [
      row('KeepsConnections', ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query'], state),
      row('FindsLinks', ['dynamodb:Query'], store.indexArn('by-link'), store.indexArn('by-grant')),
      row('CountsCalls', ['dynamodb:UpdateItem'], store.calls.tableArn),
      row('KeepsGrants', ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:DeleteItem'], grants),
      sealsGrants,
      opensAppKeys,
      throughSecretsManager('DecryptsAppKeys', ['kms:Decrypt']),
      row('KeepsEscrow', ['s3:PutObject', 's3:DeleteObject'], escrow),
      row('SealsEscrow', ['kms:GenerateDataKey'], keys.books.keyArn),
      wakesWorkers,
      announcesEvents,
    ],
    api: [
      row(
        'KeepsCompanies',
        [
          'dynamodb:GetItem',
          'dynamodb:BatchGetItem',
          'dynamodb:PutItem',
          'dynamodb:DeleteItem',
          'dynamodb:ConditionCheckItem',
          'dynamodb:Query',
        ],
        state,
      ),
      row('ListsCompanies', ['dynamodb:Query'], store.indexArn('by-entity')),
      row(
        'RemembersCalls',
        ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
        store.calls.tableArn,
      ),
      row('ReadsBooks', ['s3:GetObject'], books.arnForObjects('books/*')),
      row('OpensBooks', ['kms:Decrypt'], keys.books.keyArn),
      row(
        'KeepsWebhooks',
        [
          'dynamodb:GetItem',
          'dynamodb:BatchGetItem',
          'dynamodb:Query',
          'dynamodb:PutItem',
          'dynamodb:DeleteItem',
        ],
        events,
      ),
      row('FindsFailed', ['dynamodb:Query'], store.dueIndexArn),
      underWebhooks('SealsWebhookSecrets', 'kms:GenerateDataKey'),
      wakesWorkers,
      announcesEvents,
    ],
    scheduler: [
      row('ReadsConnections', ['dynamodb:GetItem', 'dynamodb:PutItem'], state),
      row(
        'FindsDue',
        ['dynamodb:Query'],
        store.indexArn('by-slot'),
        store.indexArn('by-pending'),
        store.indexArn('by-outbox'),
      ),
      row('FindsSendersDue', ['dynamodb:GetItem', 'dynamodb:Query'], events),
      wakesWorkers,
      announcesEvents,
    ],
    syncWorker: [
      row(
        'TakesMessages',
        ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
        queue.queueArn,
      ),
      wakesWorkers,
      announcesEvents,
      row('KeepsConnections', ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:DeleteItem'], state),
      row('FindsGrantHolders', ['dynamodb:Query'], store.indexArn('by-grant')),
      row('KeepsGrants', ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:DeleteItem'], grants),
      sealsGrants,
      opensAppKeys,
      throughSecretsManager('DecryptsAppKeys', ['kms:Decrypt']),
      row('KeepsBooks', ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'], books.arnForObjects('books/*')),
      row('KeepsEscrow', ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'], escrow),
      row('ListsBooks', ['s3:ListBucket'], books.bucketArn),
      row('SealsBooks', ['kms:GenerateDataKey', 'kms:Decrypt'], keys.books.keyArn),
    ],
    webhookIn: [row('KeepsConnections', ['dynamodb:GetItem', 'dynamodb:PutItem'], state), wakesWorkers],
    eventSender: [
      row(
        'TakesMessages',
        ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
        eventQueue.queueArn,
      ),
      row(
        'EmptiesOutboxes',
        ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:DeleteItem', 'dynamodb:Query'],
        state,
      ),
      row(
        'KeepsTheFeed',
        [
          'dynamodb:GetItem',
          'dynamodb:BatchGetItem',
          'dynamodb:Query',
          'dynamodb:PutItem',
          'dynamodb:UpdateItem',
        ],
        events,
      ),
      row('FindsDue', ['dynamodb:Query'], store.dueIndexArn),
      underWebhooks('OpensWebhookSecrets', 'kms:Decrypt'),
      announcesEvents,
    ],
    portal: [],
  } satisfies Record<string, readonly Permission[]>;
}
