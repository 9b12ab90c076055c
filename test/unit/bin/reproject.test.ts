import { afterEach, describe, expect, it } from '@jest/globals';
import { makeApiClient } from '../../../bin/api/api-client.ts';
import { reproject } from '../../../bin/api/reproject.ts';
import type { Connection } from '../../../src/domain/connection.ts';
import type { PullStatus } from '../../../src/domain/dataset.ts';
import { ref } from '../books/book-world.ts';
import { keyOf, makeLinkedWorld, type World } from '../http/api-world.ts';
import { serve } from '../http/serve.ts';
import { runCommand } from './run-command.ts';

const snapshot = { manifest: 'm', count: 1, digest: 'd' };
const held: Connection['datasets'] = {
  invoices: { status: 'Complete', snapshot },
  payments: { status: 'Complete', snapshot },
};

let server: Awaited<ReturnType<typeof serve>> | undefined;
afterEach(() => server?.close());

async function served(datasets = held): Promise<World> {
  const world = await makeLinkedWorld(datasets);
  server = await serve(world.handle);
  return world;
}

/** What a worker makes of all that waits. */
async function work(world: World, status: PullStatus, message?: string): Promise<void> {
  await world.connections.change(ref, (held_) => {
    const outcomes = Object.entries(held_.wanted).map(([type, { operationId }]) => [
      type,
      { operationId, status, ...(message === undefined ? {} : { message }) },
    ]);
    const at = world.clock();
    const run = { id: `run-${held_.runs.length}`, requested: at, completed: at };
    return {
      next: {
        ...held_,
        wanted: {},
        runs: [...held_.runs, { ...run, outcomes: Object.fromEntries(outcomes) }],
      },
      result: 0,
    };
  });
}

async function remade(
  world: World,
  wish: { dataTypes?: string[]; connectionId?: string; companyId?: string },
  patience: () => Promise<boolean>,
) {
  const lines: string[] = [];
  const api = makeApiClient(server?.url ?? '', `Bearer ${world.adminKey}`);
  const done = await reproject(
    { api, say: (line) => lines.push(line), patience: () => patience },
    { companyId: 'company-1', dataTypes: [], ...wish },
  );
  return { done, lines };
}

describe('having data types made again from the command line', () => {
  it('waits for each of all that were read, and passes over what never was', async () => {
    const world = await served();

    const { done, lines } = await remade(world, {}, async () => {
      await work(world, 'Complete');
      return true;
    });

    expect(done).toBe(true);
    expect(lines).toContain('ok      connection-1 invoices');
    expect(lines).toContain('ok      connection-1 payments');
    expect(lines.filter((line) => line.startsWith('ok'))).toHaveLength(2);
    expect(lines.filter((line) => line.startsWith('FAILED'))).toEqual([]);
  });

  it('says what failed and why', async () => {
    const world = await served();

    const { done, lines } = await remade(world, { dataTypes: ['invoices'] }, async () => {
      await work(world, 'MapError', 'It could not be turned into this data type.');
      return true;
    });

    expect(done).toBe(false);
    expect(lines).toEqual([
      'FAILED  connection-1 invoices: MapError. It could not be turned into this data type.',
    ]);
  });

  it.each([
    {
      what: 'a data type that was never read',
      wish: { dataTypes: ['items'] },
      says: /^FAILED {2}connection-1 items: The data set/,
    },
    { what: 'a data type there is not', wish: { dataTypes: ['journals'] }, says: /not supported/ },
    { what: 'a connection there is not', wish: { connectionId: 'other' }, says: /no such connection/ },
  ])('fails for $what, when it was named', async ({ wish, says }) => {
    const world = await served();

    const { done, lines } = await remade(world, wish, async () => true);

    expect(done).toBe(false);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(says);
  });

  it('does not wait for ever', async () => {
    const world = await served();

    const { done, lines } = await remade(world, { dataTypes: ['invoices'] }, async () => false);

    expect(done).toBe(false);
    expect(lines[0]).toMatch(/still Queued, pull operation /);
  });
});

describe('npm run reproject', () => {
  it('takes the key from the environment or a pipe, and ends with 0 when all is done', async () => {
    const world = await served();
    const stop = setInterval(() => work(world, 'Complete'), 100);
    const url = server?.url ?? '';

    const byEnv = await runCommand('reproject', ['company-1', 'invoices'], {
      env: { LEDGERLINK_URL: url, LEDGERLINK_API_KEY: world.adminKey },
    });
    const piped = await runCommand('reproject', ['company-1', 'invoices', '--url', url], {
      input: `${world.adminKey}\n`,
    });
    clearInterval(stop);

    expect(byEnv).toEqual({ code: 0, out: 'ok      connection-1 invoices\n', err: '' });
    expect(piped).toEqual(byEnv);
  }, 300_000);

  it('ends with 1 when it is refused, in words and without the key', async () => {
    const world = await served();
    const key = (await keyOf(world, 'read')).replace('Bearer ', '');

    const refused = await runCommand('reproject', ['company-1', 'invoices'], {
      env: { LEDGERLINK_URL: server?.url ?? '', LEDGERLINK_API_KEY: key },
    });

    expect(refused.code).toBe(1);
    expect(refused.out).toMatch(/^FAILED {2}connection-1 invoices: /);
    expect(refused.out + refused.err).not.toContain(key);
  }, 300_000);

  it.each([
    { words: [], env: {}, says: 'which company?' },
    { words: ['company-1'], env: {}, says: 'where?' },
    { words: ['company-1', '--url', 'nowhere'], env: {}, says: 'nowhere is no address' },
    { words: ['company-1', '--url', 'http://127.0.0.1:9'], env: {}, says: 'no API key' },
    { words: ['company-1', '--key', 'secret'], env: {}, says: '--key' },
  ])(
    'ends with 2 for $words, and says what is missing',
    async ({ words, env, says }) => {
      const { code, err } = await runCommand('reproject', words, { env });

      expect(code).toBe(2);
      expect(err).toContain(says);
    },
    300_000,
  );
});
