import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { DecryptCommand, EncryptCommand } from '@aws-sdk/client-kms';
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { GetSecretValueCommand, PutSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { ReceiveMessageCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { afterEach, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import type { RunningStack } from '../../local/start-stack.ts';
import { clientsOf, control, emptyFolder, eventually, startFixture } from './fixture.ts';

const running = new Set<RunningStack>();
afterEach(async () => {
  for (const stack of running) await stack.close();
  running.clear();
});

async function start(stateDir: string): Promise<RunningStack> {
  const stack = await startFixture({ stateDir });
  running.add(stack);
  return stack;
}

const item = { pk: { S: 'kept' }, sk: { S: '1' } };

/** Something in every store. @returns what it needs to be found again */
async function writeEverywhere(stack: RunningStack): Promise<Uint8Array | undefined> {
  const { dynamodb, s3, sqs, secrets, kms } = clientsOf(stack);
  const { TableName, BucketName, IdleQueueUrl, SecretArn, KeyArn } = stack.outputs;
  await dynamodb.send(new PutItemCommand({ TableName, Item: item }));
  await s3.send(new PutObjectCommand({ Bucket: BucketName, Key: 'kept', Body: 'object' }));
  await sqs.send(new SendMessageCommand({ QueueUrl: IdleQueueUrl, MessageBody: 'message' }));
  await secrets.send(new PutSecretValueCommand({ SecretId: SecretArn, SecretString: 'secret' }));
  const { CiphertextBlob } = await kms.send(
    new EncryptCommand({ KeyId: KeyArn, Plaintext: Buffer.from('sealed') }),
  );
  return CiphertextBlob;
}

async function readEverywhere(stack: RunningStack, CiphertextBlob: Uint8Array | undefined) {
  const { dynamodb, s3, sqs, secrets, kms } = clientsOf(stack);
  const { TableName, BucketName, IdleQueueUrl, SecretArn } = stack.outputs;
  const { Item } = await dynamodb.send(new GetItemCommand({ TableName, Key: item }));
  const object = await s3.send(new GetObjectCommand({ Bucket: BucketName, Key: 'kept' }));
  const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: IdleQueueUrl }));
  const { SecretString } = await secrets.send(new GetSecretValueCommand({ SecretId: SecretArn }));
  const { Plaintext } = await kms.send(new DecryptCommand({ CiphertextBlob }));
  return [
    Item,
    await object.Body?.transformToString(),
    Messages?.[0]?.Body,
    SecretString,
    Buffer.from(Plaintext ?? []).toString(),
  ];
}

const EVERYTHING = [item, 'object', 'message', 'secret', 'sealed'];

const pidsOf = async (stack: RunningStack) => {
  const functions = z
    .array(z.object({ sandboxes: z.array(z.object({ pid: z.number() })) }))
    .parse(await control(stack, 'GET', '/functions'));
  return functions.flatMap(({ sandboxes }) => sandboxes.map(({ pid }) => pid));
};

function childrenOf(pid: number): number[] {
  try {
    const own = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
      .split(' ')
      .map(Number)
      .filter((child) => child > 0);
    return own.flatMap((child) => [child, ...childrenOf(child)]);
  } catch {
    return [];
  }
}

const alive = (pid: number) => {
  try {
    // A zombie is dead; its parent has only not asked yet.
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
};

const allGone = (pids: readonly number[]) => eventually(async () => (pids.some(alive) ? undefined : true));

describe('a second start', () => {
  it('finds everything that the first one kept, the clock, the administrator and the names', async () => {
    const stateDir = emptyFolder();
    const first = await start(stateDir);
    const blob = await writeEverywhere(first);
    await control(first, 'POST', '/clock', { advanceSeconds: 86_400 });
    await first.close();
    running.delete(first);

    const second = await start(stateDir);

    expect(await readEverywhere(second, blob)).toEqual(EVERYTHING);
    expect(second.signInUser).toEqual(first.signInUser);
    expect(second.outputs['TableName']).toBe(first.outputs['TableName']);
    const { now } = z.object({ now: z.string() }).parse(await control(second, 'GET', '/clock'));
    expect(Date.parse(now)).toBeGreaterThan(Date.now() + 86_000_000);
  });

  it('on a folder that is in use is refused', async () => {
    const stateDir = emptyFolder();
    await start(stateDir);

    await expect(start(stateDir)).rejects.toThrow(/in use by process \d+/);
  });
});

describe('after kill -9', () => {
  it('of the engine, its children end by themselves, and a start finds what was acknowledged', async () => {
    const stateDir = emptyFolder();
    const first = await start(stateDir);
    await fetch(`${first.originUrl}/`);
    const blob = await writeEverywhere(first);
    const children = childrenOf(first.pid);
    expect(children).toEqual(expect.arrayContaining(await pidsOf(first)));

    process.kill(first.pid, 'SIGKILL');
    await first.exited;

    await allGone(children);
    running.delete(first);
    expect(await readEverywhere(await start(stateDir), blob)).toEqual(EVERYTHING);
  });

  it('of everything at once, in the middle of writing, a start finds each acknowledged write', async () => {
    const stateDir = emptyFolder();
    const first = await start(stateDir);
    const { TableName, BucketName } = first.outputs;
    const { dynamodb, s3 } = clientsOf(first);
    const acknowledged: number[] = [];
    const writing = (async () => {
      for (let n = 0; ; n += 1) {
        await dynamodb.send(
          new PutItemCommand({ TableName, Item: { pk: { S: 'n' }, sk: { S: String(n) } } }),
        );
        await s3.send(new PutObjectCommand({ Bucket: BucketName, Key: `n/${n}`, Body: String(n) }));
        acknowledged.push(n);
      }
    })().catch(() => undefined);
    await eventually(async () => (acknowledged.length > 20 ? true : undefined));

    for (const pid of [...childrenOf(first.pid), first.pid]) process.kill(pid, 'SIGKILL');
    await Promise.all([first.exited, writing]);
    running.delete(first);

    const second = clientsOf(await start(stateDir));
    for (const n of acknowledged) {
      expect(
        (
          await second.dynamodb.send(
            new GetItemCommand({ TableName, Key: { pk: { S: 'n' }, sk: { S: String(n) } } }),
          )
        ).Item,
      ).toBeDefined();
      expect(
        await (
          await second.s3.send(new GetObjectCommand({ Bucket: BucketName, Key: `n/${n}` }))
        ).Body?.transformToString(),
      ).toBe(String(n));
    }
  });

  it('of the engine and the guard of the tables, the next start ends what they left', async () => {
    const stateDir = emptyFolder();
    const first = await start(stateDir);
    const isTables = (pid: number) => readFileSync(`/proc/${pid}/comm`, 'utf8').startsWith('dynoxide');
    // The guard starts the tables and then its watch, which has to be among those that are killed.
    const children = await eventually(async () => {
      const all = childrenOf(first.pid);
      const guard = all.find((pid) => childrenOf(pid).some(isTables));
      // Listed again: what has started since is not in the first list.
      return guard !== undefined && childrenOf(guard).length > 1 ? childrenOf(first.pid) : undefined;
    });
    const [tables] = children.filter(isTables);
    const guards = children.filter((pid) => pid !== tables);

    // Held still first: it is not to notice, one after the other, that they are gone.
    process.kill(first.pid, 'SIGSTOP');
    for (const pid of [...guards, first.pid]) process.kill(pid, 'SIGKILL');
    await first.exited;
    running.delete(first);
    expect(alive(tables ?? 0)).toBe(true);

    await start(stateDir);

    await allGone([tables ?? 0]);
  });
});

describe('a stack that was closed', () => {
  it('leaves no process', async () => {
    const stack = await start(emptyFolder());
    await fetch(`${stack.originUrl}/`);
    const pids = [stack.pid, ...childrenOf(stack.pid)];

    await stack.close();

    await allGone(pids);
  });
});

/** Local addresses that the sockets of these processes listen on, as the kernel tells them. */
function listening(pids: readonly number[]): { address: string; family: string }[] {
  const inodes = new Set(
    pids.flatMap((pid) =>
      readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
        try {
          return /^socket:\[(\d+)\]$/.exec(readlinkSync(join('/proc', String(pid), 'fd', fd)))?.[1] ?? [];
        } catch {
          return [];
        }
      }),
    ),
  );
  return ['tcp', 'tcp6'].flatMap((family) =>
    readFileSync(`/proc/net/${family}`, 'utf8')
      .split('\n')
      .slice(1)
      .map((line) => line.trim().split(/\s+/))
      .filter((fields) => fields[3] === '0A' && inodes.has(fields[9] ?? ''))
      .map((fields) => ({ address: (fields[1] ?? '').split(':')[0] ?? '', family })),
  );
}

describe('everything that runs', () => {
  it('listens on 127.0.0.1 only', async () => {
    const stack = await start(emptyFolder());
    await fetch(`${stack.originUrl}/`);

    const sockets = listening([stack.pid, ...childrenOf(stack.pid)]);

    expect(sockets.length).toBeGreaterThanOrEqual(6);
    expect(new Set(sockets.map(({ address, family }) => `${family} ${address}`))).toEqual(
      new Set(['tcp 0100007F']),
    );
  });
});
