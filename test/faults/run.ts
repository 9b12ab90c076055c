import { parseArgs } from 'node:util';
import {
  type Case,
  firsts,
  type Passages,
  pairs,
  refusedThenDead,
  singles,
  titleOf,
  type Wish,
} from './cases.ts';
import { deaths, errors, nameOf, stalls } from './failpoints.ts';
import { live } from './life.ts';
import { type Life, livesOf, nameOfLife, randoms, some, storyOf } from './lives.ts';
import { type LifeResult, runLives } from './run-lives.ts';

/**
 * `npm run test:faults [-- --quick] [-- --seed N] [-- --only TEXT] [-- --lives N] [-- --first-failure]`: the life of two
 * companies with a fault at every boundary, alone and in pairs, and random lives from seed N on. `--only` lives the
 * cases whose title has the text in it, each in a life of its own; `--lives` so many of all lives, spread over them;
 * another seed takes others. Ends with one line of counts.
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
const counts = { single: 0, error: 0, stall: 0, pair: 0, random: 0, lives: 0 };
const struck = new Set<string>();
const failures: string[] = [];
const started = Date.now();
let passed = 0;

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

function chosen(passages: Passages): Life[] {
  const stories = livesOf(wishes(passages), seed);
  const all = [...stories, ...randoms(seed, words.quick ? 6 : 220, steps)];
  if (words.only !== '') return all.flatMap(onlyThese);
  return words.lives === '' ? all : some(all, Number(words.lives), seed);
}

function onlyThese(life: Life): Life[] {
  if (nameOfLife(life) === words.only) return [life];
  if (life.kind === 'random') return nameOfLife(life).includes(words.only) ? [life] : [];
  return life.cases.filter((one) => titleOf(one).includes(words.only)).map((one) => storyOf([one]));
}

/** Lives all of these; answers the cases that need another life, and the lives in which something was wrong. */
async function liveAll(lives: readonly Life[]): Promise<{ left: Case[]; wrong: LifeResult[] }> {
  const left: Case[] = [];
  const wrong: LifeResult[] = [];
  await runLives(lives, (result) => {
    counts.lives += 1;
    for (const name of result.struck) struck.add(name);
    const undeclared = result.undeclared.map((place) => `${place} is in no row of failpoints.ts`);
    const found = [...result.wrong, ...undeclared];
    left.push(...result.left);
    if (found.length > 0) wrong.push({ ...result, wrong: found });
    else for (const one of result.lived) count(one, result);
    if (found.length === 0 && result.life.kind === 'random') count(result.life, result);
    return found.length > 0 && words['first-failure'] ? 'stop' : undefined;
  });
  return { left, wrong };
}

function count(one: Case | Life, { left }: LifeResult): void {
  if (one.kind === 'story' || left.some((other) => other === one)) return;
  counts[one.kind] += 1;
  passed += 1;
}

function asWish({ span, ...one }: Case): Wish {
  return { ...one, spans: [span] };
}

/** Of a life in which something was wrong: which of its cases it was, each of them lived alone, or all of them together. */
async function blame(result: LifeResult): Promise<void> {
  const { life, lived, left } = result;
  const suspects = lived.filter((one) => !left.includes(one)).map((one) => storyOf([one]));
  const several = life.kind === 'story' && life.cases.length > 1 && !words['first-failure'];
  const alone = several ? await liveAll(suspects) : { wrong: [] };
  for (const one of alone.wrong) fail(nameOfLife(one.life), one.wrong);
  if (alone.wrong.length === 0) fail(nameOfLife(life), result.wrong);
}

const calm = await live([]);
if (calm.wrong.length === 0) passed += 1;
else fail('a life without faults', calm.wrong);
console.log(
  `${declared.length} failpoints are declared: ${deaths.length} deaths, ${errors.length} errors, ${stalls.length} freezings; seed ${words.seed}`,
);
for (
  let lives = calm.wrong.length > 0 ? [] : chosen(calm.passages), round = 1;
  lives.length > 0;
  round += 1
) {
  const { left, wrong } = await liveAll(lives);
  for (const one of wrong) await blame(one);
  // The first case of each life is never left, so this ends.
  const enough = words['first-failure'] && wrong.length > 0;
  lives = enough ? [] : livesOf(left.map(asWish), seed + round);
}
const whole = words.only === '' && words.lives === '' && !words['first-failure'];
const missed = whole ? declared.filter((name) => !struck.has(name)) : [];
for (const name of missed) fail(`declared and never reached: ${name}`, []);
const seconds = Math.round((Date.now() - started) / 1000);
console.log(
  `${struck.size} were reached in ${seconds} s and ${counts.lives} lives: ${counts.single} deaths, ${counts.error} errors, ${counts.stall} frozen workers, ${counts.pair} pairs, ${counts.random} random lives of ${steps} steps`,
);
console.log(`${passed} passed, ${failures.length} failed, 0 skipped`);
process.exit(failures.length === 0 && passed > 0 ? 0 : 1);
