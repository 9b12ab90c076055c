import { spawnSync } from 'node:child_process';
import { incompleteLock } from './complete-lock.ts';

/** Everything that is checked without running the product: one command, each check by its name. */
const checks: readonly { name: string; command: readonly string[] }[] = [
  { name: 'format and lint', command: ['biome', 'check', '--error-on-warnings', '.'] },
  { name: 'types', command: ['tsc', '-p', '.'] },
  { name: 'types of the portal', command: ['tsc', '-p', 'portal'] },
  {
    name: 'arrows: who may import whom',
    command: [
      'depcruise',
      '--config',
      '.dependency-cruiser.mjs',
      '--output-type',
      'err-long',
      ...['src', 'lambdas', 'lib', 'local', 'simulator', 'portal', 'bin', 'bench', 'test'],
    ],
  },
  { name: 'dead code', command: ['knip', '--no-progress'] },
];

/** Runs every check and prints each outcome; answers how many passed and failed. */
export function runChecks(): { passed: number; failed: number } {
  const outcomes = checks.map(({ name, command }) => report(name, run(command)));
  outcomes.push(report('lock file: complete for every platform', incompleteLock()));
  const passed = outcomes.filter(Boolean).length;
  return { passed, failed: outcomes.length - passed };
}

/** What the command printed when it failed; undefined when it passed. */
function run([program = '', ...words]: readonly string[]): string | undefined {
  const { status, stdout, stderr } = spawnSync(`node_modules/.bin/${program}`, words, { encoding: 'utf8' });
  return status === 0 ? undefined : `${stdout ?? ''}${stderr ?? ''}`;
}

function report(name: string, fault: string | undefined): boolean {
  console.log(`${fault === undefined ? 'ok    ' : 'FAILED'}  ${name}`);
  if (fault !== undefined) console.log(fault);
  return fault === undefined;
}

if (import.meta.main) process.exit(runChecks().failed === 0 ? 0 : 1);
