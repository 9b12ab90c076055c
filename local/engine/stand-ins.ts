import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Service } from '../aws/aws-request.ts';
import { upstream } from '../aws/forward.ts';
import type { SharedClock } from '../clock/shared-clock.ts';
import type { ChildLedger } from '../processes/child-ledger.ts';
import { startDynoxide } from '../processes/start-dynoxide.ts';
import { startQueues } from '../processes/start-queues.ts';
import { makeQueues, readQueues } from '../provision/make-queues.ts';
import { makeTables, readTables } from '../provision/make-tables.ts';
import { fillSecrets, readBuckets, readKeys, readSecrets } from '../provision/read-vault.ts';
import { sweepExpired } from '../provision/sweep-expired.ts';
import { makeDynamoDb } from '../services/dynamodb.ts';
import { openKeyStore } from '../services/key-store.ts';
import { makeKms } from '../services/kms.ts';
import { ObjectStore } from '../services/object-store.ts';
import { makeS3 } from '../services/s3.ts';
import { SecretStore } from '../services/secret-store.ts';
import { makeSecretsManager } from '../services/secrets-manager.ts';
import { makeSqs } from '../services/sqs.ts';
import type { Stack } from '../template/read-stack.ts';

/** The services behind the front door, with the stack's resources made. */
export interface StandIns {
  readonly services: Readonly<Record<string, Service>>;
  /** Removes what time has ended: rows by their time to live, objects by the lifecycle of their bucket. */
  sweep(): Promise<void>;
  close(): Promise<void>;
}

export interface StandInOptions {
  readonly stack: Stack;
  readonly stateDir: string;
  readonly clock: SharedClock;
  readonly clockFile: string;
  readonly ledger: ChildLedger;
  readonly environment: Readonly<Record<string, string>>;
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

/** Starts the tables' and the queues' processes, opens the files, makes what the template declares. */
export async function startStandIns(options: StandInOptions): Promise<StandIns> {
  const { stack, stateDir, clock, ledger, environment, clockFile } = options;
  const onPid = (pid: number) => ledger.add(pid);
  const region = stack.place.region;
  const [dynoxide, queues] = await Promise.all([
    startDynoxide(join(stateDir, 'tables.sqlite'), onPid),
    startQueues({ folder: join(stateDir, 'queues'), region, clockFile, environment, onPid }),
  ]);
  const toTables = upstream(dynoxide.port);
  const toQueues = upstream(queues.port);
  const fauxqsUrl = `http://127.0.0.1:${queues.port}/000000000000`;
  const keys = readKeys(stack);
  const findKey = (name: string) => keys.get(name);
  const tables = readTables(stack, findKey);
  const declared = readQueues(stack, findKey);
  await Promise.all([makeTables(toTables, tables), makeQueues(toQueues, fauxqsUrl, declared)]);
  const vault = openDatabase(join(stateDir, 'vault.sqlite'));
  const objectFile = openDatabase(join(stateDir, 'objects.sqlite'));
  const store = openKeyStore(vault);
  const now = () => clock.now();
  const secrets = readSecrets(stack, keys);
  const secretStore = new SecretStore(vault, store, now);
  fillSecrets(stack, secrets, secretStore);
  const objects = new ObjectStore(objectFile, now);
  return {
    services: {
      dynamodb: makeDynamoDb(new Map(tables.map((table) => [table.name, table])), toTables),
      sqs: makeSqs(new Map(declared.map((queue) => [queue.name, queue])), toQueues, fauxqsUrl),
      s3: makeS3(readBuckets(stack, keys), objects),
      kms: makeKms({ arns: keys, store }),
      secretsmanager: makeSecretsManager(secrets, secretStore),
    },
    sweep: async () => {
      expireObjects(stack, objects, clock.now());
      await sweepExpired(toTables, tables, clock.now());
    },
    close: async () => {
      toTables.close();
      toQueues.close();
      await Promise.all([dynoxide.stop(), queues.stop()]);
      vault.close();
      objectFile.close();
    },
  };
}
