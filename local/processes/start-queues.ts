import { fork } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { z } from 'zod';
import type { RunningProcess } from './start-dynoxide.ts';

const Ready = z.object({ port: z.number() });
const PRELOAD = new URL('../clock/preload.mjs', import.meta.url).href;
const PROGRAM = new URL('./queues.mjs', import.meta.url);

export interface QueueProcess {
  readonly folder: string;
  readonly region: string;
  readonly clockFile: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly onPid: (pid: number) => void;
}

/** Starts the queues' process on a folder of the state folder. */
export async function startQueues(options: QueueProcess): Promise<RunningProcess> {
  mkdirSync(options.folder, { recursive: true });
  const child = fork(PROGRAM, [options.folder, options.region], {
    execArgv: ['--import', PRELOAD, '--disable-warning=ExperimentalWarning'],
    env: { LEDGERLINK_CLOCK_FILE: options.clockFile, ...options.environment },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  options.onPid(child.pid ?? 0);
  let written = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    written = `${written}${chunk.toString()}`.slice(-4000);
  });
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const ready = new Promise<number>((resolve, reject) => {
    child.once('message', (message) => resolve(Ready.parse(message).port));
    child.once('exit', () => reject(new Error(`the queues' process did not start: ${written}`)));
  });
  return {
    port: await ready,
    pids: [child.pid ?? 0],
    stop: async () => {
      child.kill('SIGKILL');
      await gone;
    },
  };
}
