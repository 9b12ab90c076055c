/**
 * `npm run -s doctor -- <companyId> [<connectionId>]`: says why a company's connection is or is not current, and what to
 * do. A client of the public API: LEDGERLINK_URL is its origin, LEDGERLINK_API_KEY a key that may read (or it is
 * piped in).
 */
import * as z from 'zod';
import type { ApiClient } from './api/api-client.ts';
import { apiFrom } from './api/command-line.ts';
import { listPages } from './api/list-pages.ts';

const [companyId, connectionId] = process.argv.slice(2);
if (companyId === undefined) fail('whose? npm run -s doctor -- <companyId> [<connectionId>]');

const Health = z.object({
  state: z.string(),
  reason: z.string(),
  sentence: z.string(),
  action: z.object({ sentence: z.string(), link: z.string().optional() }),
});
const Diagnosis = z.looseObject({
  connectionId: z.string(),
  health: Health,
  dataTypes: z.array(
    z.object({ dataType: z.string(), lastSuccessSecondsAgo: z.number().optional(), health: Health }),
  ),
});

const company = `/companies/${encodeURIComponent(companyId)}`;
try {
  const stdin = process.stdin.isTTY ? undefined : process.stdin;
  const names = { url: 'LEDGERLINK_URL', key: 'LEDGERLINK_API_KEY' };
  const call = await apiFrom({ url: undefined, env: process.env, stdin }, names);
  for (const id of connectionId === undefined ? await connectionIds(call) : [connectionId]) {
    tell(await call('GET', `${company}/connections/${encodeURIComponent(id)}/doctor`, Diagnosis));
  }
} catch (error) {
  fail(error instanceof Error ? error.message : String(error));
}

async function connectionIds(call: ApiClient): Promise<string[]> {
  const ids: string[] = [];
  const page = listPages(call, `${company}/connections`, z.object({ id: z.string() }));
  for await (const { id } of page) ids.push(id);
  return ids;
}

function tell({ connectionId: id, health, dataTypes, ...facts }: z.infer<typeof Diagnosis>): void {
  console.log(`${id}: ${health.state} (${health.reason})`);
  console.log(`  ${health.sentence} ${health.action.sentence} ${health.action.link ?? ''}`.trimEnd());
  for (const { dataType, health: one, lastSuccessSecondsAgo: age } of dataTypes) {
    const when = age === undefined ? 'never read' : `read ${Math.round(age / 60)} min ago`;
    console.log(`  ${dataType.padEnd(20)} ${one.state.padEnd(10)} ${one.reason.padEnd(20)} ${when}`);
  }
  console.log(JSON.stringify(facts, null, 2).replaceAll(/^/gm, '  '));
}

function fail(why: string): never {
  process.stderr.write(`doctor: ${why}\n`);
  process.exit(1);
}
