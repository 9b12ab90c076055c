import { parseArgs } from 'node:util';
import { type Case, errorSingles, firsts, pairs, refusedThenDead, singles, some, titleOf } from './cases.ts';
import { deaths, errors, nameOf } from './failpoints.ts';
import { live } from './life.ts';
import { type CaseResult, runCases } from './run-cases.ts';

/**
 * `npm run test:faults [-- --quick] [-- --seed N] [-- --only TEXT]`: the life of two companies with a fault at every
 * boundary, alone and in pairs. `--only` lives the cases whose title has the text in it. Ends with one line of counts.
 */
const { values: words } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    seed: { type: 'string', default: '0' },
    only: { type: 'string', default: '' },
  },
});

const quickPairs = 120;
const shown = 25;

const declared = [...deaths, ...errors].map(nameOf);
const counts = { single: 0, error: 0, pair: 0 };
const struck = new Set<string>();
const failures: string[] = [];
const started = Date.now();
let passed = 0;

function fail(what: string): void {
  failures.push(what);
  if (failures.length <= shown) console.log(`FAILED  ${what}`);
}

function tell({ one, wrong, struck: hit, undeclared }: CaseResult): void {
  counts[one.kind] += 1;
  for (const name of hit) struck.add(name);
  const faults = [...wrong, ...undeclared.map((place) => `${place} is in no row of failpoints.ts`)];
  if (faults.length === 0) passed += 1;
  else fail(`${titleOf(one)}\n      ${faults.slice(0, 4).join('\n      ')}`);
}

function chosen(calmly: ReadonlyMap<string, number>): Case[] {
  const all = words.quick
    ? [
        ...firsts(),
        ...some(pairs(), quickPairs, Number(words.seed)),
        ...refusedThenDead(calmly).filter(isSaving),
      ]
    : [...singles(calmly), ...errorSingles(calmly), ...refusedThenDead(calmly), ...pairs()];
  return all.filter((one) => titleOf(one).includes(words.only));
}

/** Where the grant's pair is saved: the quick half knows these too. */
function isSaving({ faults }: Case): boolean {
  return faults.some(({ fn, at }) => fn === 'sync-worker' && at === 'grants.change');
}

const calm = await live([]);
if (calm.wrong.length === 0) passed += 1;
else fail(`a life without faults\n      ${calm.wrong.join('\n      ')}`);
console.log(
  `${declared.length} failpoints are declared: ${deaths.length} deaths, ${errors.length} errors; seed ${words.seed}`,
);
await runCases(chosen(calm.passed), tell);
const missed = words.only === '' ? declared.filter((name) => !struck.has(name)) : [];
for (const name of missed) fail(`declared and never reached: ${name}`);
const seconds = Math.round((Date.now() - started) / 1000);
console.log(
  `${struck.size} were reached in ${seconds} s: ${counts.single} lives with one death, ${counts.error} with one error, ${counts.pair} with two deaths`,
);
console.log(`${passed} passed, ${failures.length} failed, 0 skipped`);
process.exit(failures.length === 0 && passed > 0 ? 0 : 1);
