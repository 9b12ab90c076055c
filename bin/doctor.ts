/**
 * `npm run -s doctor -- <companyId> [<connectionId>]`: says why a company's connection is or is not current, and what to
 * do. A client of the public API: LEDGERLINK_URL is its origin, LEDGERLINK_API_KEY a key that may read.
 */
import * as z from 'zod';
import { makeApiClient } from './local/api-client.ts';

const [companyId, connectionId] = process.argv.slice(2);
const { LEDGERLINK_URL: url, LEDGERLINK_API_KEY: key, LANG: language = '' } = process.env;
if (companyId === undefined) fail('whose? npm run -s doctor -- <companyId> [<connectionId>]');
if (url === undefined || key === undefined) fail('LEDGERLINK_URL and LEDGERLINK_API_KEY have to be set');

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

const call = makeApiClient(url, `Bearer ${key}`, language.startsWith('fr') ? 'fr-CA' : 'en');
const company = `/companies/${encodeURIComponent(companyId)}`;
try {
  for (const id of connectionId === undefined ? await connectionIds() : [connectionId]) {
    tell(await call('GET', `${company}/connections/${encodeURIComponent(id)}/doctor`, Diagnosis));
  }
} catch (error) {
  fail(error instanceof Error ? error.message : String(error));
}

async function connectionIds(): Promise<string[]> {
  const Connections = z.object({ results: z.array(z.object({ id: z.string() })) });
  const { results } = await call('GET', `${company}/connections?pageSize=1000`, Connections);
  return results.map(({ id }) => id);
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
