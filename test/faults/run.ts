import { parseArgs } from 'node:util';
import {
  type Case,
  firsts,
  neverPassed,
  type Passages,
  pairs,
  refusedThenDead,
  singles,
  some,
  titleOf,
  type Wish,
} from './cases.ts';
import { deaths, errors, nameOf, stalls } from './failpoints.ts';
import { live } from './life.ts';
import { Pool, poolsOf } from './pool.ts';
import { type LifeResult, runLives, type Task } from './run-lives.ts';

/**
 * `npm run test:faults [-- --quick] [-- --seed N] [-- --only TEXT] [-- --lives N] [-- --first-failure]`: the life of two
 * companies with a fault at every boundary, alone and in pairs, and random lives from seed N on. `--only` lives the
 * cases whose title has the text in it, each in a life of its own, or the one life that has this whole title; `--lives`
 * about so many of all lives, spread over them; another seed takes others. Ends with one line of counts.
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
/** Who waits for half an hour hears of it now and then. */
const livesAWord = 500;

const declared = [...deaths, ...errors, ...stalls].map(nameOf);
const counts = { single: 0, error: 0, stall: 0, pair: 0, random: 0 };
const struck = new Set<string>();
const failures: string[] = [];
const started = Date.now();
let passed = 0;
let lives = 0;

const seconds = (): number => Math.round((Date.now() - started) / 1000);

function fail(what: string, wrong: readonly string[]): void {
  failures.push(what);
  if (failures.length <= shown) console.log(`FAILED  ${what}\n      ${wrong.slice(0, 4).join('\n      ')}`);
}

function wishes(passages: Passages): Wish[] {
  if (!words.quick) {
    return [
      ...singles(passages),
      ...singles(passages, errors),
      ...singles(passages, stalls),
      ...refusedThenDead(passages),
      ...pairs(passages),
    ];
  }
  return [
    ...firsts(passages),
    ...some(pairs(passages), quickPairs, seed),
    ...some(refusedThenDead(passages).filter(isSaving), quickSaves, seed),
    ...some(singles(passages, stalls).filter(isSaving), quickSaves, seed),
  ];
}

/** Where a grant or a run is saved: the quick half knows these too. */
function isSaving({ faults }: Wish): boolean {
  return faults.some(
    ({ fn, at }) => fn === 'sync-worker' && (at === 'grants.change' || at === 'connections.change'),
  );
}

function chosen(passages: Passages): Task[] {
  if (words.only !== '') return onlyThese(wishes(passages).flatMap(placements));
  const pools = poolsOf(wishes(passages), seed);
  const most = words.lives === '' ? Number.POSITIVE_INFINITY : Math.ceil(Number(words.lives) / pools.length);
  const stories = pools.map((pool) => ({ kind: 'stories' as const, wishes: pool, most }));
  return [
    ...stories,
    ...randoms().slice(0, words.lives === '' ? undefined : Math.ceil(Number(words.lives) / 20)),
  ];
}

/** Each of a seed of its own. */
function randoms(): Task[] {
  const count = words.quick ? 6 : 220;
  return Array.from({ length: count }, (_, n) => ({ kind: 'random' as const, seed: seed + n, steps }));
}

function placements({ kind, faults, spans }: Wish): Case[] {
  return spans.map((span) => ({ kind, faults, span }));
}

function onlyThese(all: readonly Case[]): Task[] {
  const parts = new Set(words.only.split(', then '));
  if (parts.size > 1) return [storyOf(all.filter((one) => parts.has(titleOf(one))))];
  const random = /^random life of seed (\d+)/.exec(words.only)?.[1];
  if (random !== undefined) return [{ kind: 'random', seed: Number(random), steps }];
  return all.filter((one) => titleOf(one).includes(words.only)).map((one) => storyOf([one]));
}

/** One life with these cases and no other. */
function storyOf(cases: readonly Case[]): Task {
  return { kind: 'stories', wishes: cases.map(({ span, ...one }) => ({ ...one, spans: [span] })), most: 1 };
}

/** Does all of these; answers the lives in which something was wrong. */
async function doAll(tasks: readonly Task[]): Promise<LifeResult[]> {
  const wrong: LifeResult[] = [];
  await runLives(tasks, (result) => {
    lives += 1;
    if (lives % livesAWord === 0) console.log(`${lives} lives, ${passed} cases, ${seconds()} s`);
    for (const name of result.struck) struck.add(name);
    const undeclared = result.undeclared.map((place) => `${place} is in no row of failpoints.ts`);
    const found = [...result.wrong, ...undeclared];
    if (found.length === 0) count(result);
    else {
      // Said at once: who waits for the end may wait for long.
      console.log(`wrong: ${result.title}: ${found[0]}`);
      wrong.push({ ...result, wrong: found });
    }
    return found.length > 0 && words['first-failure'] ? 'stop' : undefined;
  });
  return wrong;
}

function count({ cases }: LifeResult): void {
  for (const { kind } of cases ?? [{ kind: 'random' as const }]) {
    counts[kind] += 1;
    passed += 1;
  }
}

/** Of a life in which something was wrong: which of its cases it was, each of them lived alone, or all of them together. */
async function blame({ title, cases = [], wrong }: LifeResult): Promise<void> {
  const several = cases.length > 1 && !words['first-failure'];
  const alone = several ? await doAll(cases.map((one) => storyOf([one]))) : [];
  for (const one of alone) fail(one.title, one.wrong);
  if (alone.length === 0) fail(title, wrong);
}

const calm = await live(new Pool([]));
if (calm.wrong.length === 0) passed += 1;
else fail('a life without faults', calm.wrong);
console.log(
  `${declared.length} failpoints are declared: ${deaths.length} deaths, ${errors.length} errors, ${stalls.length} freezings; seed ${words.seed}`,
);
for (const fault of neverPassed(calm.passages))
  fail(`passed in no life without faults: ${nameOf(fault)}`, []);
const found = await doAll(calm.wrong.length > 0 ? [] : chosen(calm.passages));
for (const one of found.slice(0, shown)) await blame(one);
// Where so much is wrong, it is one thing.
for (const { title, wrong } of found.slice(shown)) fail(title, wrong);
const whole = words.only === '' && words.lives === '' && !words['first-failure'];
const missed = whole ? declared.filter((name) => !struck.has(name)) : [];
for (const name of missed) fail(`declared and never reached: ${name}`, []);
console.log(
  `${struck.size} were reached in ${seconds()} s and ${lives} lives: ${counts.single} deaths, ${counts.error} errors, ${counts.stall} frozen workers, ${counts.pair} pairs, ${counts.random} random lives of ${steps} steps`,
);
console.log(`${passed} passed, ${failures.length} failed, 0 skipped`);
process.exit(failures.length === 0 && passed > 0 ? 0 : 1);
