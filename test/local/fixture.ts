import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { KMSClient } from '@aws-sdk/client-kms';
import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SQSClient } from '@aws-sdk/client-sqs';
import { jest } from '@jest/globals';
import { type RunningStack, type StartOptions, startStack } from '../../local/start-stack.ts';

// Far above what anything here takes: a busy machine must not fail a test.
jest.setTimeout(180_000);

const APP = join(import.meta.dirname, 'fixture-app');

function digestOfApp(): string {
  const files = readdirSync(APP, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const hash = createHash('sha256');
  for (const file of files) hash.update(file.name).update(readFileSync(join(file.parentPath, file.name)));
  return hash.digest('hex').slice(0, 16);
}

/** The fixture's cloud assembly, synthesised once for each state of its sources. */
export function fixtureAssembly(): string {
  const folder = join(tmpdir(), `ledgerlink-fixture-${digestOfApp()}`);
  if (existsSync(folder)) return folder;
  const fresh = mkdtempSync(`${folder}-`);
  execFileSync(process.execPath, [join(APP, 'app.ts'), fresh], { stdio: 'pipe' });
  try {
    renameSync(fresh, folder);
  } catch {
    // Another test was faster.
    rmSync(fresh, { recursive: true });
  }
  return folder;
}

/** An empty folder that nothing else uses. */
export function emptyFolder(): string {
  const parent = join(tmpdir(), 'ledgerlink-tests');
  mkdirSync(parent, { recursive: true });
  return mkdtempSync(join(parent, 'state-'));
}

/** Starts the fixture, on a folder of its own that goes with it unless another one is named. */
export async function startFixture(options: Partial<StartOptions> = {}): Promise<RunningStack> {
  const stateDir = emptyFolder();
  const stack = await startStack({ assemblyDir: fixtureAssembly(), stateDir, ...options });
  const close = async () => {
    await stack.close();
    rmSync(stateDir, { recursive: true, force: true });
  };
  return { ...stack, close };
}

export interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

/** The SDK's clients, pointed at a stack as a function in it would point them. */
export function clientsOf(stack: RunningStack, credentials: Keys = stack.owner) {
  const options = { endpoint: stack.awsUrl, region: stack.region, credentials, maxAttempts: 1 };
  return {
    dynamodb: new DynamoDBClient(options),
    sqs: new SQSClient(options),
    s3: new S3Client(options),
    kms: new KMSClient(options),
    secrets: new SecretsManagerClient(options),
  };
}

/** A call to the control server. */
export async function control(
  stack: RunningStack,
  method: string,
  path: string,
  body?: unknown,
): Promise<unknown> {
  const reply = await fetch(`${stack.controlUrl}${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const answer: unknown = await reply.json();
  if (reply.ok) return answer;
  throw new Error(`${method} ${path} answered ${reply.status}: ${JSON.stringify(answer)}`);
}

/** Asks again until the answer is there; fails after a minute, which only a fault takes. */
export async function eventually<T>(ask: () => Promise<T | undefined>): Promise<T> {
  const end = performance.now() + 60_000;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (performance.now() > end) throw new Error('it did not happen within a minute');
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
