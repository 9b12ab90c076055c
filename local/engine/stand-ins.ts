import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Service } from '../aws/aws-request.ts';
import { type Upstream, upstream } from '../aws/forward.ts';
import type { SharedClock } from '../clock/shared-clock.ts';
import type { ChildLedger } from '../processes/child-ledger.ts';
import { startDynoxide } from '../processes/start-dynoxide.ts';
import { makeTables, readTables, type StackTable } from '../provision/make-tables.ts';
import { readQueues } from '../provision/read-queues.ts';
import { fillSecrets, readBuckets, readKeys, readSecrets } from '../provision/read-vault.ts';
import { sweepExpired } from '../provision/sweep-expired.ts';
import { makeDynamoDb } from '../services/dynamodb.ts';
import { IndexLag } from '../services/index-lag.ts';
import { openKeyStore } from '../services/key-store.ts';
import { makeKms } from '../services/kms.ts';
import { ObjectStore } from '../services/object-store.ts';
import { QueueStore } from '../services/queue-store.ts';
import { QueueWaiters } from '../services/queue-waiters.ts';
import { makeS3 } from '../services/s3.ts';
import { SecretStore } from '../services/secret-store.ts';
import { makeSecretsManager } from '../services/secrets-manager.ts';
import { makeSqs, type Queues } from '../services/sqs.ts';
import type { Stack } from '../template/read-stack.ts';

/** The services behind the front door, with the stack's resources made. */
export interface StandIns {
  readonly services: Readonly<Record<string, Service>>;
  /** The file of keys and secrets, where sign-in keeps its sessions too. */
  readonly vault: DatabaseSync;
  readonly lag: IndexLag;
  /** Resolves when a process that everything needs has ended. */
  readonly broken: Promise<void>;
  /** Removes what time has ended: rows by their time to live, objects by the lifecycle of their bucket. */
  sweep(): Promise<void>;
  close(): Promise<void>;
}

export interface StandInOptions {
  readonly stack: Stack;
  readonly stateDir: string;
  readonly clock: SharedClock;
  readonly ledger: ChildLedger;
}

function openDatabase(file: string): DatabaseSync {
  const database = new DatabaseSync(file);
  // What is acknowledged is in the file system's hands: it survives the end of any process of ours.
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL');
  return database;
}

function expireObjects(stack: Stack, store: ObjectStore, now: number): void {
  for (const { identity, properties } of stack.all('AWS::S3::Bucket')) {
    for (const rule of properties.LifecycleConfiguration?.Rules ?? []) {
      if (rule.Status !== 'Enabled' || rule.ExpirationInDays === undefined) continue;
      store.expire(identity.ref, rule.Prefix ?? '', now - rule.ExpirationInDays * 86_400_000);
    }
  }
}

/** Everything time has ended, of one kind after the other. */
function makeSweep(parts: {
  stack: Stack;
  clock: SharedClock;
  toTables: Upstream;
  tables: readonly StackTable[];
  objects: ObjectStore;
  queues: Queues;
}) {
  const { stack, clock, toTables, tables, objects, queues } = parts;
  return async () => {
    expireObjects(stack, objects, clock.now());
    for (const queue of queues.facts.values()) queues.store.expire(queue);
    await sweepExpired(toTables, tables, clock.now());
  };
}

/** Starts the tables' process, opens the files, makes what the template declares. */
export async function startStandIns(options: StandInOptions): Promise<StandIns> {
  const { stack, stateDir, clock, ledger } = options;
  const dynoxide = await startDynoxide(join(stateDir, 'tables.sqlite'), (pid) => ledger.add(pid));
  const toTables = upstream(dynoxide.port);
  const keys = readKeys(stack);
  const findKey = (name: string) => keys.get(name);
  const tables = readTables(stack, findKey);
  await makeTables(toTables, tables);
  const tableFacts = new Map(tables.map((table) => [table.name, table]));
  const lag = new IndexLag(tableFacts, toTables);
  const files = ['vault', 'objects', 'queues'].map((name) => openDatabase(join(stateDir, `${name}.sqlite`)));
  const [vault, objectFile, queueFile] = files;
  if (!vault || !objectFile || !queueFile) throw new Error('the state files could not be opened');
  const now = () => clock.now();
  const store = openKeyStore(vault);
  const secrets = readSecrets(stack, keys);
  const secretStore = new SecretStore(vault, store, now);
  fillSecrets(stack, secrets, secretStore);
  const objects = new ObjectStore(objectFile, now);
  const declared = readQueues(stack, findKey);
  const waiters = new QueueWaiters();
  const queues: Queues = {
    facts: new Map(declared.map((queue) => [queue.name, queue])),
    store: new QueueStore(queueFile, now),
    waiters,
    now,
  };
  clock.onMoved(() => waiters.wakeAll());
  return {
    services: {
      dynamodb: makeDynamoDb(tableFacts, toTables, lag),
      sqs: makeSqs(queues),
      s3: makeS3(readBuckets(stack, keys), objects),
      kms: makeKms({ arns: keys, store }),
      secretsmanager: makeSecretsManager(secrets, secretStore),
    },
    vault,
    lag,
    broken: dynoxide.gone,
    sweep: makeSweep({ stack, clock, toTables, tables, objects, queues }),
    close: async () => {
      waiters.close();
      toTables.close();
      await dynoxide.stop();
      for (const file of files) file.close();
    },
  };
}
