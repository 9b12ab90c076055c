/**
 * `npm run import -- --from URL --to URL`: copies companies and their FreshBooks connections from an account whose API
 * has this shape. It can be repeated: a map says what became of what. Ends with 0 when nothing failed, 1 when something
 * did, 2 for a call that makes no sense.
 */
import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Refused } from './api/api-client.ts';
import { apiFrom, BadCall, originFrom } from './api/command-line.ts';
import { type ImportRow, importCompanies } from './api/import-companies.ts';
import { openImportMap } from './api/import-map.ts';
import { patient } from './api/patient.ts';

const usage = `npm run import -- --from URL --to URL [options]

Copies companies (name, description, tags) and their FreshBooks connections from an account
whose API has this shape. Tokens cannot be read there: each connection waits for its consent,
and the table says how to give it.

  --from URL        the account's API; or IMPORT_FROM_URL
  --to URL          where Ledgerlink is; or LEDGERLINK_URL
  --map FILE        what became of what (default import-map.json); with it a repeated import
                    goes on where the last one stopped
  --platform KEY    key of FreshBooks over there (default vxvy)
  --dry-run         make nothing, say what would be made

The account's API key is in IMPORT_FROM_KEY, or is piped in; the one of Ledgerlink (role operate)
is in LEDGERLINK_API_KEY.
`;

const options = {
  from: { type: 'string' },
  to: { type: 'string' },
  map: { type: 'string', default: 'import-map.json' },
  platform: { type: 'string', default: 'vxvy' },
  'dry-run': { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

async function main(): Promise<number> {
  const values = read(process.argv.slice(2));
  if (values.help) {
    process.stdout.write(usage);
    return 0;
  }
  const { env } = process;
  const there = { url: values.from, env, stdin: process.stdin.isTTY ? undefined : process.stdin };
  const here = { url: values.to, env, stdin: undefined };
  const [fromNames, toNames] = [
    { url: 'IMPORT_FROM_URL', key: 'IMPORT_FROM_KEY' },
    { url: 'LEDGERLINK_URL', key: 'LEDGERLINK_API_KEY' },
  ];
  const target = patient(await apiFrom(here, toNames), setTimeout);
  const source = patient(await apiFrom(there, fromNames, 'Basic'), setTimeout);
  const map = await openImportMap(values.map, {
    from: originFrom(there, fromNames),
    to: originFrom(here, toNames),
  });
  const counts = new Map<string, number>();
  const tell = (row: ImportRow) => {
    counts.set(row.outcome, (counts.get(row.outcome) ?? 0) + 1);
    process.stdout.write(lineOf(row));
  };
  const wish = { platform: values.platform, dryRun: values['dry-run'] };
  const good = await importCompanies({ source, target, map, tell }, wish);
  const summary = [...counts].map(([outcome, count]) => `${count} ${outcome}`).join(', ');
  process.stdout.write(`\n${summary || 'there are no companies'}\n`);
  return good ? 0 : 1;
}

function lineOf({ outcome, company, what, next }: ImportRow): string {
  const step = next === undefined ? '' : `\n         next: ${next}`;
  return `${outcome.padEnd(8)} ${company}: ${what}${step}\n`;
}

function read(words: string[]) {
  try {
    return parseArgs({ args: words, options }).values;
  } catch (error) {
    throw new BadCall(error instanceof Error ? error.message : String(error));
  }
}

try {
  process.exitCode = await main();
} catch (error) {
  const told = error instanceof BadCall || error instanceof Refused;
  process.stderr.write(`import: ${told ? error.message : `it could not go on: ${String(error)}`}\n`);
  process.exitCode = error instanceof BadCall ? 2 : 1;
}
