import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { connect } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { freePort } from './free-port.ts';

export interface RunningProcess {
  readonly port: number;
  readonly pids: readonly number[];
  stop(): Promise<void>;
}

// Waits for the end of its standard input, which the engine holds open, and then ends the program it started: so the
// program ends with the engine, whatever ended the engine.
const GUARD =
  'exec 3<&0; "$@" </dev/null 3<&- & child=$!; (read -r _ <&3; kill -9 $child 2>/dev/null) & watch=$!; wait $child; kill $watch 2>/dev/null';

function binary(): string {
  const require = createRequire(import.meta.url);
  const name = `@dynoxide/${process.platform}-${process.arch}`;
  try {
    return join(dirname(require.resolve(`${name}/package.json`)), 'dynoxide');
  } catch (cause) {
    throw new Error(
      `The tables need dynoxide, which has no build for this machine (${name}). Ledgerlink runs on x64 Linux.`,
      { cause },
    );
  }
}

function connects(port: number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const socket = connect(port, '127.0.0.1');
  socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
  return promise.finally(() => socket.destroy());
}

async function untilReady(port: number, child: ChildProcess, output: () => string): Promise<void> {
  const deadline = performance.now() + 10_000;
  while (!(await connects(port))) {
    if (child.exitCode !== null || performance.now() > deadline)
      throw new Error(`dynoxide did not start: ${output()}`);
    await wait(5);
  }
}

/** Starts the tables' process on a file in the state folder. */
export async function startDynoxide(file: string, onPid: (pid: number) => void): Promise<RunningProcess> {
  const program = binary();
  if (!existsSync(program)) throw new Error(`${program} is missing: run npm ci`);
  const port = await freePort();
  const command = [program, '--host', '127.0.0.1', '--port', String(port), '--db-path', file];
  const child = spawn('/bin/sh', ['-c', GUARD, 'guard', ...command], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: {},
  });
  let written = '';
  const keep = (chunk: Buffer) => {
    written = `${written}${chunk.toString()}`.slice(-4000);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  child.stdin.on('error', () => undefined);
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  onPid(child.pid ?? 0);
  await untilReady(port, child, () => written);
  const own = childOf(child.pid ?? 0, program);
  for (const pid of own) onPid(pid);
  return {
    port,
    pids: [child.pid ?? 0, ...own],
    stop: async () => {
      child.stdin.end();
      await gone;
    },
  };
}

/** The guard's own children: dynoxide itself, so that a later start can find it if guard and engine are both gone. */
function childOf(guard: number, program: string): number[] {
  const listed = readFileSync(`/proc/${guard}/task/${guard}/children`, 'utf8').trim().split(' ').map(Number);
  return listed.filter((pid) => pid > 0 && readFileSync(`/proc/${pid}/cmdline`, 'utf8').startsWith(program));
}
