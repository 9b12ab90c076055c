import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';

/** `ready.json` as README and `npm start -- --help` promise it. */
export const ReadyFile = z.object({
  pid: z.number(),
  portalUrl: z.url(),
  apiUrl: z.url(),
  apiKey: z.string().startsWith('ll_'),
  controlUrl: z.url(),
  companies: z.array(z.object({ id: z.string(), name: z.string(), connectionId: z.string() })),
  simulator: z.object({
    url: z.url(),
    app: z.object({ clientId: z.string(), clientSecret: z.string() }),
    accessToken: z.string(),
    accountId: z.string(),
    businessId: z.number(),
    businessUuid: z.string(),
  }),
});
export type ReadyFile = z.infer<typeof ReadyFile>;

export type RunningStack = {
  ready: ReadyFile;
  state: string;
  /** Everything that was printed so far. */
  output(): string;
  /** Ctrl-C, and the wait for the end. */
  stop(): Promise<void>;
  /** kill -9 of the launcher and of every process it started. */
  kill(): Promise<void>;
};

/** Makes a state folder of its own, removed by the answered function. */
export async function temporaryState(): Promise<{ state: string; remove(): Promise<void> }> {
  const state = await mkdtemp(join(tmpdir(), 'ledgerlink-e2e-'));
  return { state, remove: () => rm(state, { recursive: true, force: true }) };
}

/** Starts the launcher, as `npm start` does, without waiting until it is ready. */
export function startLauncher(state: string, words: readonly string[] = []): ChildProcess {
  return spawn(
    process.execPath,
    ['--import', './bin/require-node.mjs', 'bin/local.ts', '--port', '0', '--state', state, ...words],
    { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, NODE_OPTIONS: '' } },
  );
}

/** Runs the launcher until it is ready; throws with its output when it ends before. */
export async function startStack(state: string, words: readonly string[] = []): Promise<RunningStack> {
  const child = startLauncher(state, words);
  let output = '';
  child.stdout?.on('data', (text) => {
    output += text;
  });
  child.stderr?.on('data', (text) => {
    output += text;
  });
  const ended = once(child, 'exit');
  const ready = await Promise.race([
    awaitReady(state, child),
    ended.then(([code]) => {
      throw new Error(`the launcher ended with ${code}:\n${output}`);
    }),
  ]);
  return {
    ready,
    state,
    output: () => output,
    stop: async () => {
      child.kill('SIGINT');
      await ended;
    },
    kill: () => killEverything(child, ended),
  };
}

async function awaitReady(state: string, child: ChildProcess): Promise<ReadyFile> {
  for (;;) {
    const text = await readFile(join(state, 'ready.json'), 'utf8').catch(() => undefined);
    const ready = text === undefined ? undefined : ReadyFile.parse(JSON.parse(text));
    if (ready !== undefined && ready.pid === child.pid) return ready;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Every process that has the launcher as an ancestor, the launcher last. */
export async function killEverything(child: ChildProcess, ended: Promise<unknown> = once(child, 'exit')) {
  if (child.pid === undefined) return;
  const pids = await descendants(child.pid);
  for (const pid of [child.pid, ...pids]) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It ended between the look and the kill.
    }
  }
  await ended;
}

async function descendants(root: number): Promise<number[]> {
  const children = await readFile(`/proc/${root}/task/${root}/children`, 'utf8').catch(() => '');
  const direct = children.split(' ').filter(Boolean).map(Number);
  const deeper = await Promise.all(direct.map(descendants));
  return [...direct, ...deeper.flat()];
}
