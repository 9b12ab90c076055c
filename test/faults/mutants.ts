import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Mutation, mutations } from './mutations.ts';

/**
 * `npm run test:mutants [-- NAME]`: takes the safeties out of a copy of the product, one at a time, and shows that the suite
 * fails, and at what. Ends with one line of counts.
 */
const copied = [
  'src',
  'simulator',
  'messages',
  'package.json',
  'jest.config.mjs',
  'test/fakes',
  'test/faults',
  'test/unit/authorization',
  'test/unit/grants',
  'test/unit/link',
];

const lives = ['test/faults/run.ts', '--quick', '--first-failure'];
const jest = ['--experimental-vm-modules', 'node_modules/jest/bin/jest.js', '--selectProjects', 'unit'];

/** How the suite ends in this folder, and the first thing that falls. */
function suiteIn(folder: string, unit: string | undefined): { status: number | null; fell: string } {
  const words = unit === undefined ? lives : [...jest, '--testPathPatterns', unit];
  const { status, stdout, stderr } = spawnSync(process.execPath, words, { cwd: folder, encoding: 'utf8' });
  const fell = /(?:FAILED|●)\s+(.*)(\n\s{6,}.*)?/.exec(stdout + stderr);
  return { status, fell: `${fell?.[1] ?? 'nothing'}${(fell?.[2] ?? '').replace(/\n\s+/, ': ')}` };
}

/** What falls without this safety; `undefined` when the suite does not notice. */
function without({ file, from, to, unit }: Mutation): string | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'ledgerlink-mutant-'));
  try {
    for (const path of copied) cpSync(path, join(folder, path), { recursive: true });
    symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
    const text = readFileSync(file, 'utf8');
    if (text.split(from).length !== 2) throw new Error(`${file} does not have this once: ${from}`);
    writeFileSync(
      join(folder, file),
      text.replace(from, () => to),
    );
    const { status, fell } = suiteIn(folder, unit);
    return status === 0 ? undefined : fell;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

let failed = 0;
let tried = 0;
const [only = ''] = process.argv.slice(2);
for (const mutation of mutations.filter(({ name }) => name.includes(only))) {
  tried += 1;
  const fell = without(mutation);
  if (fell === undefined) failed += 1;
  console.log(
    `${fell === undefined ? 'FAILED  unnoticed' : 'ok      noticed'} without ${mutation.name}: ${fell ?? ''}`,
  );
}
console.log(`${tried - failed} passed, ${failed} failed, 0 skipped`);
process.exit(failed === 0 && tried > 0 ? 0 : 1);
