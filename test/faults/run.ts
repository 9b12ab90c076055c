import { parseArgs } from 'node:util';
import {
  type Case,
  errorSingles,
  firsts,
  pairs,
  randoms,
  refusedThenDead,
  singles,
  some,
  stallSingles,
  titleOf,
} from './cases.ts';
import { deaths, errors, nameOf, stalls } from './failpoints.ts';
import { live } from './life.ts';
import { type CaseResult, runCases } from './run-cases.ts';

/**
 * `npm run test:faults [-- --quick] [-- --seed N] [-- --only TEXT] [-- --lives N] [-- --first-failure]`: the life of two
 * companies with a fault at every boundary, alone and in pairs, and random lives from seed N on. `--only` lives the
 * cases whose title has the text in it, `--lives` so many of all, spread over them; another seed takes others. Ends with
 * one line of counts.
 */
const { values: words } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    seed: { type: 'string', default: '0' },
    only: { type: 'string', default: '' },
    lives: { type: 'string', default: '' },
    'first-failure': { type: 'boolean', default: false },
  },
});

const quickPairs = 90;
const quickSaves = 40;
/** Of each random life: 220 of them are more than ten thousand. */
const steps = 50;
const seed = Number(words.seed);
const shown = 25;

const declared = [...deaths, ...errors, ...stalls].map(nameOf);
const counts = { single: 0, error: 0, stall: 0, pair: 0, random: 0 };
const struck = new Set<string>();
const failures: string[] = [];
const started = Date.now();
let passed = 0;

function fail(what: string): void {
  failures.push(what);
  if (failures.length <= shown) console.log(`FAILED  ${what}`);
}

function tell({ one, wrong, struck: hit, undeclared }: CaseResult): 'stop' | undefined {
  counts[one.kind] += 1;
  for (const name of hit) struck.add(name);
  const faults = [...wrong, ...undeclared.map((place) => `${place} is in no row of failpoints.ts`)];
  if (faults.length === 0) passed += 1;
  else fail(`${titleOf(one)}\n      ${faults.slice(0, 4).join('\n      ')}`);
  return faults.length > 0 && words['first-failure'] ? 'stop' : undefined;
}

function chosen(calmly: ReadonlyMap<string, number>): Case[] {
  const all = words.quick
    ? [
        ...firsts(),
        ...some(pairs(), quickPairs, seed),
        ...some(refusedThenDead(calmly).filter(isSaving), quickSaves, seed),
        ...some(stallSingles(calmly).filter(isSaving), quickSaves, seed),
        ...randoms(seed, 6, steps),
      ]
    : [
        ...singles(calmly),
        ...errorSingles(calmly),
        ...stallSingles(calmly),
        ...refusedThenDead(calmly),
        ...pairs(),
        ...randoms(seed, 220, steps),
      ];
  const found = all.filter((one) => titleOf(one).includes(words.only));
  return words.lives === '' ? found : some(found, Number(words.lives), seed);
}

/** Where a grant or a run is saved: the quick half knows these too. */
function isSaving(one: Case): boolean {
  if (one.kind === 'random') return false;
  return one.faults.some(
    ({ fn, at }) => fn === 'sync-worker' && (at === 'grants.change' || at === 'connections.change'),
  );
}

const calm = await live([]);
if (calm.wrong.length === 0) passed += 1;
else fail(`a life without faults\n      ${calm.wrong.join('\n      ')}`);
console.log(
  `${declared.length} failpoints are declared: ${deaths.length} deaths, ${errors.length} errors, ${stalls.length} freezings; seed ${words.seed}`,
);
await runCases(chosen(calm.passed), tell);
const whole = words.only === '' && words.lives === '' && !words['first-failure'];
const missed = whole ? declared.filter((name) => !struck.has(name)) : [];
for (const name of missed) fail(`declared and never reached: ${name}`);
const seconds = Math.round((Date.now() - started) / 1000);
console.log(
  `${struck.size} were reached in ${seconds} s: ${counts.single} lives with one death, ${counts.error} with one error, ${counts.stall} with a frozen worker, ${counts.pair} with two faults, ${counts.random} random ones of ${steps} steps`,
);
console.log(`${passed} passed, ${failures.length} failed, 0 skipped`);
process.exit(failures.length === 0 && passed > 0 ? 0 : 1);
