import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import { buildBundles } from '../bin/build-bundles.ts';
import { runChecks } from './check.ts';

/**
 * `npm test`: the checks, the build, then every layer of tests but the long one, and the quick half of the faults. `npm test -- PATTERN` runs the tests
 * of some files only; `npm run test:long` the long layer alone. Ends with one line of counts; a missing browser is
 * said, and fails where CI=true.
 */
const layers = ['unit', 'contract', 'simulator', 'local', 'infra', 'e2e', 'browser'];
const chromium = '/usr/bin/chromium';

const Outcome = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numFailedTestSuites: z.number(),
  numRuntimeErrorTestSuites: z.number(),
});

async function runJest(words: readonly string[]): Promise<z.infer<typeof Outcome>> {
  const folder = await mkdtemp(join(tmpdir(), 'ledgerlink-test-'));
  const file = join(folder, 'outcome.json');
  spawnSync(
    process.execPath,
    [
      '--experimental-vm-modules',
      '--disable-warning=ExperimentalWarning',
      'node_modules/jest/bin/jest.js',
      '--json',
      `--outputFile=${file}`,
      ...words,
    ],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  );
  const outcome = Outcome.parse(JSON.parse(readFileSync(file, 'utf8')));
  await rm(folder, { recursive: true });
  return outcome;
}

/** Lives with faults in them, in a program of their own: many threads, and no jest. */
function runFaults(): { passed: number; failed: number } {
  const run = spawnSync(process.execPath, ['test/faults/run.ts', '--quick'], { encoding: 'utf8' });
  console.log(run.stdout + run.stderr);
  const [, passed, failed] = /^(\d+) passed, (\d+) failed/m.exec(run.stdout) ?? [];
  // Without its closing line it broke, which is a failure too.
  return { passed: Number(passed ?? 0), failed: failed === undefined ? 1 : Number(failed) };
}

function browserFault(): number {
  if (existsSync(chromium)) return 0;
  console.log(
    `No browser at ${chromium}: the tests that need one are skipped (Debian: apt-get install chromium).`,
  );
  return process.env['CI'] === 'true' ? 1 : 0;
}

const [first, ...others] = process.argv.slice(2);
const long = first === '--long';
const patterns = long || first === undefined ? others : [first, ...others];
const checks = first === undefined ? runChecks() : { passed: 0, failed: 0 };
const browser = long ? 0 : browserFault();
await buildBundles(console.log);
const tests = await runJest([...patterns, '--selectProjects', ...(long ? ['long'] : layers)]);

const faults = first === undefined ? runFaults() : { passed: 0, failed: 0 };

const passed = checks.passed + tests.numPassedTests + faults.passed;
// A suite that does not even load has no failed tests to count.
const failed =
  checks.failed + faults.failed + browser + tests.numFailedTests + tests.numRuntimeErrorTestSuites;
console.log(`${passed} passed, ${failed} failed, ${tests.numPendingTests} skipped`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);
