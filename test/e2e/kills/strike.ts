import * as z from 'zod';
import type { ReadyFile } from '../running-stack.ts';
import type { Life } from './chapters.ts';
import { type FunctionName, type KillPoint, killPoints } from './kill-points.ts';
import { insist } from './people.ts';

const Functions = z.array(
  z.object({ name: z.string(), role: z.string(), sandboxes: z.array(z.object({ state: z.string() })) }),
);
const Calls = z.array(z.object({ function: z.string(), service: z.string(), operation: z.string() }));

/** Asks the engine's control server. */
async function control({ controlUrl }: ReadyFile, method: string, path: string, body: unknown = {}) {
  const headers = { 'content-type': 'application/json' };
  const content = method === 'GET' ? {} : { body: JSON.stringify(body) };
  const reply = await fetch(`${controlUrl}${path}`, { method, headers, ...content });
  if (!reply.ok) throw new Error(`${method} ${path}: ${reply.status} ${await reply.text()}`);
  return reply.json();
}

/** Kills the function there, once, while the chapter happens. @returns what was wrong, for people */
export async function strike(ready: ReadyFile, life: Life, point: KillPoint): Promise<string[]> {
  const { fn, chapter, call, kind } = point;
  const [service, operation] = call.split('.');
  await life.before(chapter);
  // A first sync is at work from the link on.
  if (chapter !== 'first-sync') await coolDown(ready, fn);
  await control(ready, 'POST', '/faults', { service, operation, role: `${fn}Role`, kind });
  await life[chapter]();
  const left = z.array(z.unknown()).parse(await control(ready, 'GET', '/faults'));
  await control(ready, 'DELETE', '/faults');
  return left.length === 0 ? [] : ['it was never reached'];
}

/** New processes: what they would have kept in memory they ask for again. Nobody who is at work is touched. */
async function coolDown(ready: ReadyFile, fn: FunctionName): Promise<void> {
  await insist(`a quiet ${fn}`, async () => {
    const all = Functions.parse(await control(ready, 'GET', '/functions'));
    const found = all.find(({ role }) => role.includes(`${fn}Role`));
    if (found === undefined || found.sandboxes.some(({ state }) => state === 'busy'))
      throw new Error(`${fn} is at work`);
    await control(ready, 'POST', `/functions/${found.name}/kill`);
  });
}

/** Operations that functions called and that are in no row of the table. */
export async function undeclared(ready: ReadyFile): Promise<string[]> {
  const declared = new Set(killPoints.map(({ fn, call }) => `${fn} ${call}`));
  const all = Calls.parse(await control(ready, 'GET', '/calls'));
  const called = all.map((one) => {
    const [, fn = one.function] = /-(\w+)Function[0-9A-F]{8}-/.exec(one.function) ?? [];
    return `${fn} ${one.service}.${one.operation}`;
  });
  return called.filter((one) => !declared.has(one));
}
