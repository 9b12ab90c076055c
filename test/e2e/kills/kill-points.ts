import type { Chapter } from './chapters.ts';

/** A call of a function's process at which that process is killed, and the chapter in which it makes the call. */
export type KillPoint = {
  fn: FunctionName;
  chapter: Chapter;
  /** `dynamodb.PutItem` */
  call: string;
  /** `kill`: nothing is done; `kill-after`: all is done, and the process never hears of it. */
  kind: 'kill' | 'kill-after';
};

/**
 * Every AWS operation that each function calls in a short life, in a chapter in which it is sure to. An operation that
 * is missing here fails the suite, and so does one that is never called.
 */
const boundaries = {
  Setup: {
    'set-up': [
      'dynamodb.GetItem',
      'dynamodb.BatchGetItem',
      'dynamodb.Query',
      'dynamodb.PutItem',
      'secretsmanager.PutSecretValue',
    ],
  },
  Oauth: {
    link: [
      'dynamodb.GetItem',
      'dynamodb.Query',
      'dynamodb.PutItem',
      'kms.GenerateDataKey',
      'kms.Decrypt',
      'secretsmanager.GetSecretValue',
      'sqs.SendMessage',
    ],
  },
  Api: {
    read: [
      'dynamodb.GetItem',
      'dynamodb.BatchGetItem',
      'dynamodb.Query',
      'dynamodb.UpdateItem',
      's3.GetObject',
    ],
    refresh: ['dynamodb.PutItem', 'sqs.SendMessage'],
  },
  Scheduler: { hour: ['dynamodb.GetItem', 'dynamodb.Query', 'dynamodb.PutItem', 'sqs.SendMessage'] },
  SyncWorker: {
    refresh: ['dynamodb.GetItem', 'dynamodb.PutItem', 's3.GetObject', 's3.PutObject', 'sqs.SendMessage'],
    renew: ['dynamodb.Query', 'kms.Decrypt', 'kms.GenerateDataKey', 'secretsmanager.GetSecretValue'],
    'first-sync': ['s3.PutObject'],
    leave: ['dynamodb.DeleteItem', 's3.ListObjectsV2', 's3.DeleteObject'],
  },
  WebhookIn: { told: ['dynamodb.GetItem', 'dynamodb.PutItem', 'sqs.SendMessage'] },
  EventSender: {
    refresh: [
      'dynamodb.GetItem',
      'dynamodb.BatchGetItem',
      'dynamodb.Query',
      'dynamodb.PutItem',
      'dynamodb.TransactWriteItems',
    ],
    leave: ['dynamodb.DeleteItem'],
  },
} as const satisfies Record<string, Partial<Record<Chapter, readonly string[]>>>;

export type FunctionName = keyof typeof boundaries;

/** A call that only reads has changed nothing when it is done: dying then is dying before the next one. */
const writes = /\.(Put|Update|Delete|TransactWrite|Send)/;

const chapters: readonly Chapter[] = [
  'set-up',
  'read',
  'refresh',
  'told',
  'hour',
  'renew',
  'link',
  'first-sync',
  'leave',
];

/** All of them, chapter by chapter. */
export const killPoints: readonly KillPoint[] = chapters.flatMap((chapter) =>
  Object.entries(boundaries).flatMap(([fn, byChapter]) =>
    callsIn(byChapter, chapter).flatMap((call) => pointsOf(fn, chapter, call)),
  ),
);

function callsIn(
  byChapter: Partial<Record<Chapter, readonly string[]>>,
  chapter: Chapter,
): readonly string[] {
  return byChapter[chapter] ?? [];
}

function pointsOf(fn: string, chapter: Chapter, call: string): KillPoint[] {
  if (!isFunction(fn)) return [];
  const point = { fn, chapter, call };
  const before: KillPoint = { ...point, kind: 'kill' };
  return writes.test(call) ? [before, { ...point, kind: 'kill-after' }] : [before];
}

function isFunction(name: string): name is FunctionName {
  return Object.hasOwn(boundaries, name);
}
