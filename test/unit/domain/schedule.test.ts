import { describe, expect, it } from '@jest/globals';
import { dataTypes } from '../../../src/domain/data-types.ts';
import { type Instant, plusSeconds } from '../../../src/domain/instant.ts';
import { dueTypes, typesOnFirstLink } from '../../../src/domain/schedule.ts';
import { frequencyHours, noSettings, type TypeSetting } from '../../../src/domain/sync-settings.ts';
import { aConnection, aLinkedConnection, start } from '../../fakes/builders.ts';
import { everyType, settingsOf } from '../../fakes/sync-settings.ts';

const ran = (seconds: number) =>
  aLinkedConnection({
    datasets: { invoices: { status: 'Complete', lastRun: plusSeconds(start, -seconds) } },
  });
const only = (invoices: Partial<TypeSetting>) => everyType({ syncSchedule: 0 }, { invoices });

it('has everything due that never ran, while nobody says anything', () => {
  expect(dueTypes(aLinkedConnection(), noSettings, start)).toEqual([...dataTypes]);
});

it.each([
  { frequency: 'hourly', ago: 3600, due: true },
  { frequency: 'hourly', ago: 3590, due: true },
  { frequency: 'hourly', ago: 3000, due: false },
  { frequency: 'daily', ago: 86_400, due: true },
  { frequency: 'daily', ago: 3600, due: false },
  { frequency: 'weekly', ago: 604_800, due: true },
  { frequency: 'monthly', ago: 604_800, due: false },
  { frequency: 'none', ago: 9_999_999, due: false },
] as const)('$frequency, $ago seconds after the last run: due $due', ({ frequency, ago, due }) => {
  const settings = only({ syncSchedule: frequencyHours[frequency] });

  expect(dueTypes(ran(ago), settings, start)).toEqual(due ? ['invoices'] : []);
});

describe('what was read in vain', () => {
  const invoices = { count: 3, digest: 'd', manifest: 'm' };
  const daily = { syncSchedule: 24 };
  const once = { syncSchedule: 0 };

  it.each([
    ['FreshBooks did not answer, daily', 'FetchError', daily, 3600, invoices, true],
    ['FreshBooks asked for fewer requests, daily', 'RateLimitError', daily, 3600, invoices, true],
    [
      'a fault of ours, at a time of day',
      'InternalError',
      { ...daily, timeOfDay: '06:30' },
      3600,
      invoices,
      true,
    ],
    ['less than an hour ago', 'FetchError', daily, 1800, invoices, false],
    ['not allowed, daily', 'PermissionsError', daily, 3600, invoices, false],
    ['not offered, daily', 'NotSupported', daily, 3600, undefined, false],
    ['read, daily', 'Complete', daily, 3600, invoices, false],
    ['the first read, without a schedule', 'FetchError', once, 3600, undefined, true],
    ['a later read, without a schedule', 'FetchError', once, 3600, invoices, false],
    ['not to be read at all', 'FetchError', { ...once, fetchOnFirstLink: false }, 3600, undefined, false],
  ] as const)('%s', (_what, status, setting, ago, snapshot, due) => {
    const held = snapshot === undefined ? {} : { snapshot };
    const connection = aLinkedConnection({
      datasets: { invoices: { status, lastRun: plusSeconds(start, -ago), ...held } },
    });

    expect(dueTypes(connection, only(setting), start)).toEqual(due ? ['invoices'] : []);
  });
});

it('has nothing due while the connection is not linked', () => {
  expect(dueTypes(aConnection(), noSettings, start)).toEqual([]);
  expect(dueTypes(aLinkedConnection({ erasing: start }), noSettings, start)).toEqual([]);
});

it('has what linking does not fetch due an interval after the linking', () => {
  const settings = only({ fetchOnFirstLink: false, syncSchedule: 24 });
  const linked = aLinkedConnection({ authorised: start });

  expect(dueTypes(linked, settings, plusSeconds(start, 3600))).toEqual([]);
  expect(dueTypes(linked, settings, plusSeconds(start, 24 * 3600))).toEqual(['invoices']);
});

describe('with a time of day', () => {
  const dueAt = (setting: Partial<TypeSetting>, lastRun: Instant, now: Instant) => {
    const connection = aLinkedConnection({ datasets: { invoices: { status: 'Complete', lastRun } } });
    const at = { timeOfDay: '06:30', timeZone: 'America/Toronto', ...setting };
    return dueTypes(connection, only(at), now).length > 0;
  };
  const daily = { syncSchedule: 24 };
  const weekly = { syncSchedule: 168 };

  it.each([
    ['before it', daily, '2026-03-01T11:30:05.000Z', '2026-03-02T11:29:00.000Z', false],
    ['at it', daily, '2026-03-01T11:30:05.000Z', '2026-03-02T11:30:00.000Z', true],
    ['after a refresh an hour before', daily, '2026-03-02T10:30:00.000Z', '2026-03-02T11:30:00.000Z', true],
    ['after its run', daily, '2026-03-02T11:30:05.000Z', '2026-03-02T18:00:00.000Z', false],
    ['hours late, when nothing ran', daily, '2026-03-01T11:30:05.000Z', '2026-03-02T18:00:00.000Z', true],
    ['on the 23-hour day', daily, '2026-03-07T11:30:05.000Z', '2026-03-08T10:30:00.000Z', true],
    ['on the 25-hour day, before', daily, '2026-10-31T10:30:05.000Z', '2026-11-01T11:00:00.000Z', false],
    ['on the 25-hour day', daily, '2026-10-31T10:30:05.000Z', '2026-11-01T11:30:00.000Z', true],
    ['six days later', weekly, '2026-03-01T11:30:05.000Z', '2026-03-07T11:30:00.000Z', false],
    ['seven days later', weekly, '2026-03-01T11:30:05.000Z', '2026-03-08T10:30:00.000Z', true],
  ])('is due %s', (_case, setting, lastRun, now, due) => {
    expect(dueAt(setting, lastRun, now)).toBe(due);
  });

  it('runs once in the night that skips it and once in the night that has it twice', () => {
    const spring = { ...daily, timeOfDay: '02:30' };
    const autumn = { ...daily, timeOfDay: '01:30' };

    expect(dueAt(spring, '2026-03-07T07:30:05.000Z', '2026-03-08T07:00:00.000Z')).toBe(false);
    expect(dueAt(spring, '2026-03-07T07:30:05.000Z', '2026-03-08T07:30:00.000Z')).toBe(true);
    expect(dueAt(spring, '2026-03-08T07:30:05.000Z', '2026-03-08T23:00:00.000Z')).toBe(false);
    expect(dueAt(autumn, '2026-10-31T05:30:05.000Z', '2026-11-01T05:30:00.000Z')).toBe(true);
    expect(dueAt(autumn, '2026-11-01T05:30:05.000Z', '2026-11-01T06:30:00.000Z')).toBe(false);
  });
});

describe("a company's own settings", () => {
  it('hold before those of all companies, type by type', () => {
    const syncSettings = settingsOf({ invoices: { syncSchedule: 0 }, bills: { fetchOnFirstLink: false } });
    const connection = aLinkedConnection({ syncSettings });

    expect(dueTypes(connection, only({}), start)).toEqual(['bills'].slice(1));
    expect(typesOnFirstLink(only({}), syncSettings)).not.toContain('bills');
  });

  it('do not hold where a setting is locked for all', () => {
    const syncSettings = settingsOf({ invoices: { syncSchedule: 0 } });

    const due = dueTypes(aLinkedConnection({ syncSettings }), only({ isLocked: true }), start);

    expect(due).toEqual(['invoices']);
  });
});
