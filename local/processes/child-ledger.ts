import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const Entry = z.object({ pid: z.number(), started: z.string() });
type Entry = z.infer<typeof Entry>;

/** When a process started, in ticks since boot: with its id, that names a process for good (proc(5), field 22). */
export function startTicks(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined;
  }
}

function readEntries(file: string): Entry[] {
  try {
    return z.array(Entry).parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return [];
  }
}

/**
 * The processes that a state folder's engine started, so that the next start can end those that outlived a
 * `kill -9`. A process id is only trusted together with the moment the process started: ids are given out again.
 */
export class ChildLedger {
  readonly #file: string;
  #entries: Entry[] = [];

  constructor(stateDir: string) {
    mkdirSync(stateDir, { recursive: true });
    this.#file = join(stateDir, 'processes.json');
  }

  /** Ends what an earlier engine left behind. @returns the ids of the processes it ended */
  sweep(): number[] {
    const left = readEntries(this.#file).filter(({ pid, started }) => startTicks(pid) === started);
    for (const { pid } of left) kill(pid);
    rmSync(this.#file, { force: true });
    return left.map(({ pid }) => pid);
  }

  add(pid: number): void {
    const started = startTicks(pid);
    if (started === undefined) return;
    this.#entries = [
      ...this.#entries.filter((entry) => startTicks(entry.pid) === entry.started),
      { pid, started },
    ];
    writeFileSync(this.#file, JSON.stringify(this.#entries));
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // Already gone.
  }
}
