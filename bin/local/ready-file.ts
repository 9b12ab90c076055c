import { rmSync } from 'node:fs';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import type { SampleCompany } from './sample-company.ts';

/** What other programs need to use the running stack; `accessToken` belongs to the viewer app. */
export type Ready = {
  pid: number;
  portalUrl: string;
  apiUrl: string;
  apiKey: string;
  controlUrl: string;
  companies: readonly SampleCompany[];
  simulator?: {
    url: string;
    app: { clientId: string; clientSecret: string };
    accessToken: string;
    accountId: string;
    businessId: number;
    businessUuid: string;
  };
};

/** Where the file is. */
export const readyFileIn = (stateDir: string) => join(stateDir, 'ready.json');

const pidFileIn = (stateDir: string) => join(stateDir, 'launcher.pid');

/** Written whole or not at all, readable by its owner alone: it holds a key. */
export async function writeReady(stateDir: string, ready: Ready): Promise<void> {
  const draft = `${readyFileIn(stateDir)}.new`;
  await writeFile(draft, `${JSON.stringify(ready, null, 2)}\n`, { mode: 0o600 });
  await rename(draft, readyFileIn(stateDir));
}

/** Removes the file, at once and whatever else is going on. */
export function removeReady(stateDir: string): void {
  rmSync(readyFileIn(stateDir), { force: true });
}

/** Says that nobody runs on this state folder any more. */
export function leave(stateDir: string): void {
  rmSync(pidFileIn(stateDir), { force: true });
}

/** The pid of a start that still runs on this state folder; a file left by a kill is cleared away. */
export async function runningOn(stateDir: string): Promise<number | undefined> {
  const text = await readFile(pidFileIn(stateDir), 'utf8').catch(() => '');
  const pid = z.coerce.number().int().positive().safeParse(text).data;
  if (pid !== undefined && pid !== process.pid && isLauncher(await commandOf(pid))) return pid;
  await rm(readyFileIn(stateDir), { force: true });
  await writeFile(pidFileIn(stateDir), String(process.pid));
  return undefined;
}

/** Another process may have been given the pid meanwhile. */
function isLauncher(command: string): boolean {
  return command.includes('bin/local.ts');
}

function commandOf(pid: number): Promise<string> {
  return readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
}
