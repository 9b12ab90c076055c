/**
 * `node bin/new-resource.ts NAME`: begins a FreshBooks resource: its file under `src/freshbooks/types/` and its row
 * in the catalogue. What is left to do is said at the end.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { newResource, withRow } from '../src/freshbooks/new-resource.ts';

const root = join(import.meta.dirname, '../src/freshbooks');
const name = process.argv[2];
if (name === undefined) fail('which one? node bin/new-resource.ts NAME, as in credit_notes');

try {
  const made = newResource(name);
  const catalog = join(root, 'catalog.ts');
  const changed = withRow(await readFile(catalog, 'utf8'), made);
  await writeFile(join(root, made.file), made.content, { flag: 'wx' });
  await writeFile(catalog, changed);
  console.log(`src/freshbooks/${made.file} and its row in src/freshbooks/catalog.ts are there. Now:
- list its fields and say where it is, by which scope it is read and how deletions show;
- record a list and a single row as ${name}__<source>__1.json and run: npm run -s replay -- DIR
- to serve it as a data type, map it in project/ and add it to project/projections.ts;
- run: npx biome check --write src/freshbooks && node bin/data-types.ts`);
} catch (error) {
  fail(error instanceof Error ? error.message : 'for no reason that was given');
}

function fail(why: string): never {
  process.stderr.write(`new-resource: ${why}\n`);
  process.exit(1);
}
