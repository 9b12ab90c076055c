/**
 * `npm run -s replay -- DIR`: parses and maps every recorded FreshBooks body `<resource>__*.json` in a folder and
 * prints a line for each; exits 1 when one failed.
 */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { replayBody } from '../src/freshbooks/replay.ts';

const folder = process.argv[2];
if (folder === undefined) fail('which folder? npm run -s replay -- DIR');

const names = await readdir(folder).catch(() => fail(`${folder} is no folder that can be read`));
const bodies = names.filter((name) => /^[^.].*?__.*\.json$/.test(name)).sort();
if (bodies.length === 0) fail(`${folder} holds no body called <resource>__*.json`);

let failed = 0;
for (const name of bodies) {
  const line = await replayBody(
    name.slice(0, name.indexOf('__')),
    await readFile(join(folder, name), 'utf8'),
  );
  if (line.startsWith('FAILED')) failed += 1;
  console.log(`${name}: ${line}`);
}
process.exitCode = failed === 0 ? 0 : 1;

function fail(why: string): never {
  process.stderr.write(`replay: ${why}\n`);
  process.exit(1);
}
