import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { freePort } from './free-port.ts';
import { listensOn } from './listens-on.ts';

export interface RunningProcess {
  readonly port: number;
  /** Resolves when the process is gone, whether it was stopped or not. */
  readonly gone: Promise<void>;
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

/** Milliseconds in which dynoxide is up, and what is waited for it on a machine that is very busy. */
const READY_LIMIT_MS = 15_000;
const ATTEMPTS = 3;

/** The guard's own children: dynoxide itself, so that a later start can find it if guard and engine are both gone. */
function programUnder(guard: number, program: string): number | undefined {
  try {
    const children = readFileSync(`/proc/${guard}/task/${guard}/children`, 'utf8')
      .trim()
      .split(' ')
      .map(Number);
    return children.find(
      (pid) => pid > 0 && readFileSync(`/proc/${pid}/cmdline`, 'utf8').startsWith(program),
    );
  } catch {
    return undefined;
  }
}

interface Guarded {
  readonly guard: ChildProcess;
  readonly output: () => string;
  readonly gone: Promise<void>;
}

function spawnGuarded(program: string, port: number, file: string): Guarded {
  const command = [program, '--host', '127.0.0.1', '--port', String(port), '--db-path', file];
  const guard = spawn('/bin/sh', ['-c', GUARD, 'guard', ...command], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: {},
  });
  let written = '';
  const keep = (chunk: Buffer) => {
    written = `${written}${chunk.toString()}`.slice(-4000);
  };
  guard.stdout.on('data', keep);
  guard.stderr.on('data', keep);
  guard.stdin.on('error', () => undefined);
  const gone = new Promise<void>((resolve) => guard.once('exit', () => resolve()));
  return { guard, output: () => written, gone };
}

/** @returns dynoxide's process id once it listens, or undefined when it ended: another program took the port */
async function untilListening(
  { guard, output }: Guarded,
  program: string,
  port: number,
): Promise<number | undefined> {
  const deadline = performance.now() + READY_LIMIT_MS;
  while (guard.exitCode === null) {
    const pid = programUnder(guard.pid ?? 0, program);
    if (pid !== undefined && listensOn(pid, port)) return pid;
    if (performance.now() > deadline) throw new Error(`dynoxide does not listen: ${output()}`);
    await wait(5);
  }
  return undefined;
}

/** Starts the tables' process on a file in the state folder. */
export async function startDynoxide(file: string, onPid: (pid: number) => void): Promise<RunningProcess> {
  const program = binary();
  if (!existsSync(program)) throw new Error(`${program} is missing: run npm ci`);
  let said = '';
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const port = await freePort();
    const guarded = spawnGuarded(program, port, file);
    onPid(guarded.guard.pid ?? 0);
    const pid = await untilListening(guarded, program, port);
    said = guarded.output();
    if (pid === undefined) continue;
    onPid(pid);
    const stop = async () => {
      guarded.guard.stdin?.end();
      await guarded.gone;
    };
    return { port, stop, gone: guarded.gone };
  }
  throw new Error(`dynoxide did not start: ${said}`);
}
