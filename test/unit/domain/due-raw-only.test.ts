import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Connection } from '../../../src/domain/connection.ts';
import { type DataType, dataTypes } from '../../../src/domain/data-types.ts';
import type { ResourceState } from '../../../src/domain/dataset.ts';
import { dueRawOnly, isAnythingDue } from '../../../src/domain/due-raw-only.ts';
import { type Instant, plusSeconds, secondsBetween } from '../../../src/domain/instant.ts';
import { dueTypes } from '../../../src/domain/schedule.ts';
import type { SyncSettings, TypeSetting } from '../../../src/domain/sync-settings.ts';
import { aConnection, aLinkedConnection, aProof, start } from '../../fakes/builders.ts';
import { everyType, settingsOf } from '../../fakes/sync-settings.ts';

const hour = 3600;
const ago = (seconds: number) => plusSeconds(start, -seconds);
const linked = (projects: ResourceState | undefined, with_: Partial<Connection> = {}) =>
  aLinkedConnection({
    authorised: ago(90 * 24 * hour),
    resources: projects === undefined ? {} : { projects },
    ...with_,
  });
const isDue = (connection: Connection, settings: SyncSettings) =>
  dueRawOnly(connection, ['projects'], settings, start).length > 0;

const never = { syncSchedule: 0, fetchOnFirstLink: false };
const once = { syncSchedule: 0 };
const daily = { syncSchedule: 24 };
const read = (seconds: number): ResourceState => ({ proof: aProof({ at: ago(seconds) }) });
const failed = (
  seconds: number,
  status: 'FetchError' | 'RateLimitError' | 'InternalError' | 'PermissionsError' | 'NotSupported',
  before: ResourceState = {},
): ResourceState => ({ ...before, trouble: { status, message: 'No.', at: ago(seconds) } });

describe('what no data type is made of is due', () => {
  it.each<[string, SyncSettings, ResourceState | undefined, boolean]>([
    ['when it was never read', everyType(daily), undefined, true],
    ['when it was never read, and only linking fetches', everyType(once), undefined, true],
    ['never, where nothing is ever fetched', everyType(never), undefined, false],
    ['not again, where only linking fetches', everyType(once), read(80 * 24 * hour), false],
    [
      'hourly, when one data type of all is',
      everyType(daily, { items: { syncSchedule: 1 } }),
      read(hour),
      true,
    ],
    [
      'hourly, when that one is not fetched by linking',
      everyType(never, { items: { syncSchedule: 1 } }),
      read(hour),
      true,
    ],
    ['not within the hour', everyType({ syncSchedule: 1 }), read(1800), false],
    [
      'not by the slowest schedule',
      everyType({ syncSchedule: 720 }, { bills: daily }),
      read(24 * hour),
      true,
    ],
    [
      'not while the most frequent waits',
      everyType({ syncSchedule: 720 }, { bills: daily }),
      read(23 * hour),
      false,
    ],
    [
      'although some data types have no schedule',
      everyType(daily, { bills: once, items: never }),
      read(24 * hour),
      true,
    ],
    ['at the time of day', everyType({ ...daily, timeOfDay: '14:59' }), read(2 * hour), true],
    ['not before the time of day', everyType({ ...daily, timeOfDay: '15:01' }), read(20 * hour), false],
    [
      'an hour after FreshBooks did not answer',
      everyType(daily),
      failed(hour, 'FetchError', read(2 * hour)),
      true,
    ],
    ['an hour after it asked for fewer requests', everyType(daily), failed(hour, 'RateLimitError'), true],
    ['an hour after a fault of ours', everyType(daily), failed(hour, 'InternalError'), true],
    ['not within the hour after', everyType(daily), failed(1800, 'FetchError'), false],
    ['not because it is refused', everyType(daily), failed(hour, 'PermissionsError'), false],
    ['a day after it was refused', everyType(daily), failed(24 * hour, 'NotSupported'), true],
    ['again, when linking read it in vain', everyType(once), failed(hour, 'FetchError'), true],
    [
      'not again, when a later read was in vain',
      everyType(once),
      failed(hour, 'FetchError', read(9 * hour)),
      false,
    ],
  ])('%s', (_, settings, projects, due) => {
    expect(isDue(linked(projects), settings)).toBe(due);
  });

  it('at once where a service of ours did not answer: that was no try', () => {
    const trouble = { status: 'InternalError' as const, message: 'No.', reason: 'services-down' as const };
    const kept = { ...read(24 * hour), trouble: { ...trouble, at: ago(60) } };

    expect(isDue(linked(kept), everyType(daily))).toBe(true);
    expect(isDue(linked({ ...kept, ...read(2 * hour) }), everyType(daily))).toBe(false);
    expect(isDue(linked({ trouble: kept.trouble }), everyType(once))).toBe(true);
  });

  it.each<[string, Partial<Connection>]>([
    ['its customer authorised again', { authorised: ago(60) }],
    ['somebody asked for everything', { allAsked: ago(60) }],
  ])('when %s since, unless nothing is fetched so', (_, since) => {
    expect(isDue(linked(read(120), since), everyType(once))).toBe(true);
    expect(isDue(linked(failed(120, 'PermissionsError', read(180)), since), everyType(daily))).toBe(true);
    expect(isDue(linked(read(30), since), everyType(once))).toBe(false);
    expect(isDue(linked(read(120), since), everyType(never))).toBe(false);
  });

  it('an interval after linking, where linking fetches nothing', () => {
    const settings = everyType({ ...daily, fetchOnFirstLink: false });

    expect(isDue(linked(undefined, { authorised: ago(23 * hour) }), settings)).toBe(false);
    expect(isDue(linked(undefined, { authorised: ago(24 * hour) }), settings)).toBe(true);
  });

  it('by the company’s own settings', () => {
    const own = linked(read(hour), { syncSettings: settingsOf({ items: { syncSchedule: 1 } }) });

    expect(isDue(own, everyType(daily))).toBe(true);
  });

  it('never while the connection is not linked', () => {
    expect(isDue(aConnection(), everyType(daily))).toBe(false);
    expect(isDue(linked(undefined, { erasing: start }), everyType(daily))).toBe(false);
  });
});

const setting = fc.record({
  syncSchedule: fc.constantFrom(0, 0, 1, 5, 24, 48),
  fetchOnFirstLink: fc.boolean(),
  at: fc.constantFrom(undefined, { timeOfDay: '09:30', timeZone: 'America/Toronto' }),
});
const settings = fc
  .uniqueArray(fc.tuple(fc.constantFrom(...dataTypes), setting), {
    selector: ([type]) => type,
    minLength: 1,
    maxLength: 4,
  })
  .map((some) => {
    const own = some.map(([type, { at, ...rest }]): [DataType, Partial<TypeSetting>] => [
      type,
      { ...rest, ...at },
    ]);
    return everyType(never, Object.fromEntries(own));
  });
type Answer = 'read' | 'FetchError' | 'PermissionsError';
/** What FreshBooks answers in each hour, over and over, and after how many hours somebody asks for one data type. */
const life = fc.record({
  settings,
  answers: fc.array(fc.constantFrom<Answer>('read', 'read', 'read', 'FetchError', 'PermissionsError'), {
    minLength: 1,
    maxLength: 40,
  }),
  asked: fc.array(fc.tuple(fc.integer({ min: 0, max: 95 }), fc.constantFrom(...dataTypes)), { maxLength: 6 }),
});

/** Four days of a connection: the schedule's look each hour, and half an hour later what somebody asks for. */
function live({ settings, answers, asked }: typeof life extends fc.Arbitrary<infer L> ? L : never) {
  let connection = aLinkedConnection({ authorised: start });
  const tries: { at: Instant; answer: Answer }[] = [];
  const run = (now: Instant, types: readonly DataType[], answer: Answer) => {
    const lastRun = Object.fromEntries(
      types.map((type) => [type, { status: 'Complete' as const, lastRun: now }]),
    );
    const datasets = { ...connection.datasets, ...lastRun };
    const due = dueRawOnly(connection, ['projects'], settings, now);
    const before = connection.resources['projects'];
    connection = { ...connection, datasets };
    if (due.length === 0) return;
    tries.push({ at: now, answer });
    const trouble = answer === 'read' ? undefined : { status: answer, message: 'No.', at: now };
    const projects = trouble === undefined ? { proof: aProof({ at: now }) } : { ...before, trouble };
    connection = { ...connection, resources: { projects } };
  };
  for (let n = 0; n < 96; n += 1) {
    const tick = plusSeconds(start, n * hour);
    const answer = answers[n % answers.length] ?? 'read';
    const due = dueTypes(connection, settings, tick);
    if (isAnythingDue(connection, ['projects'], settings, tick)) run(tick, due, answer);
    const wished = asked.filter(([at]) => at === n).map(([, type]) => type);
    if (wished.length > 0) run(plusSeconds(tick, hour / 2), wished, answer);
  }
  return { tries, end: plusSeconds(start, 96 * hour) };
}

describe('over four days of any settings, answers and refreshes', () => {
  const all = ({ types }: SyncSettings) => Object.values(types);
  const most = (settings: SyncSettings) =>
    Math.min(...all(settings).map(({ syncSchedule }) => (syncSchedule === 0 ? Infinity : syncSchedule)));

  it('it is tried as often as the most frequent data type, within the hour after a failure, and no more', () => {
    fc.assert(
      fc.property(life, (one) => {
        const { tries, end } = live(one);
        const interval = most(one.settings);
        const timed = all(one.settings).some(({ timeOfDay }) => timeOfDay !== undefined) && interval >= 24;
        const atLinking = all(one.settings).some(({ fetchOnFirstLink }) => fetchOnFirstLink);
        const first = tries[0];
        if (atLinking) expect(first?.at).toBe(start);
        for (const [n, { at, answer }] of tries.entries()) {
          const next = tries[n + 1]?.at;
          const gap = secondsBetween(at, next ?? end) / hour;
          const readBefore = tries.slice(0, n).some((earlier) => earlier.answer === 'read');
          const awaited = interval < Infinity || (atLinking && !readBefore);
          const again = answer === 'FetchError' && awaited;
          // It may be due just after a tick; what begins at a time of day waits for it, up to a day more.
          const longest = (again ? 1 : interval + (timed ? 24 : 0)) + 0.5;
          expect(gap).toBeLessThanOrEqual(longest);
          // The time of day may come right after a try of another reason.
          const shortest = timed ? 0.4 : again ? 0.9 : interval - 0.1;
          if (next !== undefined) expect(gap).toBeGreaterThanOrEqual(shortest);
        }
        if (interval < Infinity) expect(tries.length).toBeGreaterThan(0);
        if (interval === Infinity && !atLinking) expect(tries).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});
