import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Mutation, mutations } from './mutations.ts';

/**
 * `npm run test:mutants`: takes the safeties out of a copy of the product, one at a time, and shows that the suite
 * fails, and at what. Ends with one line of counts.
 */
const copied = ['src', 'simulator', 'messages', 'package.json', 'test/fakes', 'test/faults'];

function livesOf(folder: string): { status: number | null; fell: string } {
  const words = ['test/faults/run.ts', '--quick', '--first-failure'];
  const { status, stdout } = spawnSync(process.execPath, words, { cwd: folder, encoding: 'utf8' });
  const fell = /FAILED\s+(.*\n\s+.*)/.exec(stdout)?.[1] ?? 'nothing';
  return { status, fell: fell.replace(/\n\s+/, ': ') };
}

/** What falls without this safety; `undefined` when the suite does not notice. */
function without({ file, from, to }: Mutation): string | undefined {
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
    const { status, fell } = livesOf(folder);
    return status === 0 ? undefined : fell;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

let failed = 0;
for (const mutation of mutations) {
  const fell = without(mutation);
  if (fell === undefined) failed += 1;
  console.log(
    `${fell === undefined ? 'FAILED  unnoticed' : 'ok      noticed'} without ${mutation.name}: ${fell ?? ''}`,
  );
}
console.log(`${mutations.length - failed} passed, ${failed} failed, 0 skipped`);
process.exit(failed === 0 ? 0 : 1);
