/**
 * `npm run reproject -- <companyId> [<dataType>…]`: makes data types again of the rows that are held, without a call
 * to FreshBooks; by way of the API, with an administrator's key. Ends with 0 when all is done, 1 when something could
 * not be, 2 for a call that makes no sense.
 */
import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Refused } from './api/api-client.ts';
import { apiFrom, BadCall } from './api/command-line.ts';
import { reproject } from './api/reproject.ts';

const usage = `npm run reproject -- <companyId> [<dataType>...] [options]

Makes data types again of the rows that are held: all of them, unless some are named.

  --connection ID   only this connection of the company
  --url URL         where Ledgerlink is; or LEDGERLINK_URL
  --patience N      seconds to wait for one data type (default 900)

The API key (role admin) is in LEDGERLINK_API_KEY, or is piped in.
`;

const options = {
  connection: { type: 'string' },
  url: { type: 'string' },
  patience: { type: 'string', default: '900' },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

async function main(): Promise<number> {
  const { values, positionals } = read(process.argv.slice(2));
  if (values.help) {
    process.stdout.write(usage);
    return 0;
  }
  const [companyId, ...dataTypes] = positionals;
  if (companyId === undefined) throw new BadCall('which company? npm run reproject -- <companyId>');
  const patience = Number(values.patience);
  if (!(patience > 0)) throw new BadCall(`--patience ${values.patience} is no number of seconds.`);
  const from = { url: values.url, env: process.env, stdin: process.stdin.isTTY ? undefined : process.stdin };
  const api = await apiFrom(from, { url: 'LEDGERLINK_URL', key: 'LEDGERLINK_API_KEY' });
  const { connection } = values;
  const wish = { companyId, dataTypes, ...(connection === undefined ? {} : { connectionId: connection }) };
  return (await reproject({ api, say: console.log, patience: () => patient(patience) }, wish)) ? 0 : 1;
}

/** Two seconds a time, as long as the patience lasts. */
function patient(seconds: number): () => Promise<boolean> {
  let left = seconds;
  return async () => {
    left -= 2;
    if (left < 0) return false;
    await setTimeout(2000);
    return true;
  };
}

function read(words: string[]) {
  try {
    return parseArgs({ args: words, allowPositionals: true, options });
  } catch (error) {
    throw new BadCall(error instanceof Error ? error.message : String(error));
  }
}

try {
  process.exitCode = await main();
} catch (error) {
  const told = error instanceof BadCall || error instanceof Refused;
  process.stderr.write(`reproject: ${told ? error.message : `nobody answered there: ${String(error)}`}\n`);
  process.exitCode = error instanceof BadCall ? 2 : 1;
}
