import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { startTicks } from '../processes/child-ledger.ts';

const Holder = z.object({ pid: z.number(), started: z.string() });

function livingHolder(file: string): number | undefined {
  try {
    const { pid, started } = Holder.parse(JSON.parse(readFileSync(file, 'utf8')));
    return pid !== process.pid && startTicks(pid) === started ? pid : undefined;
  } catch {
    return undefined;
  }
}

// An engine whose launcher was killed ends by itself, a moment later.
const PATIENCE_MS = 2000;

/**
 * Makes sure that this engine is the only one on a state folder. A lock that a killed engine left behind holds nobody
 * up: it counts only while that very process lives.
 *
 * @returns a function that gives the folder back
 */
export async function lockState(stateDir: string): Promise<() => void> {
  // Keys and tokens are kept here.
  mkdirSync(stateDir, { recursive: true, mode: 0o700 });
  const file = join(stateDir, 'engine.json');
  const deadline = performance.now() + PATIENCE_MS;
  let holder = livingHolder(file);
  while (holder !== undefined) {
    if (performance.now() > deadline) {
      throw new Error(
        `The state folder ${stateDir} is in use by process ${holder}. Stop it, or start with another folder.`,
      );
    }
    await wait(50);
    holder = livingHolder(file);
  }
  writeFileSync(file, JSON.stringify({ pid: process.pid, started: startTicks(process.pid) ?? '' }));
  return () => rmSync(file, { force: true });
}
