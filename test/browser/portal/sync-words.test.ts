import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Setting } from '../../../portal/api/sync-settings.ts';
import {
  draftOf,
  faultsOf,
  type SettingDraft,
  settingOf,
  takesTime,
} from '../../../portal/sync-settings/setting-draft.ts';

const hourly: Setting = {
  dataType: 'invoices',
  fetchOnFirstLink: true,
  syncSchedule: 1,
  syncOrder: 0,
  isLocked: false,
};
const draft = draftOf(hourly, 'America/Toronto');

const time = fc
  .record({ hour: fc.integer({ min: 0, max: 23 }), minute: fc.integer({ min: 0, max: 59 }) })
  .map(({ hour, minute }) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`);
const history: fc.Arbitrary<Partial<Setting>> = fc.oneof(
  fc.constant({}),
  fc.record({ syncFromWindow: fc.integer({ min: 1, max: 1200 }) }),
  fc.record({
    syncFromUtc: fc
      .date({ min: new Date('2000-01-01'), max: new Date('2030-01-01'), noInvalidDate: true })
      .map((day) => day.toISOString()),
  }),
);
const schedule: fc.Arbitrary<Pick<Setting, 'syncSchedule'> & Partial<Setting>> = fc.oneof(
  fc.record({ syncSchedule: fc.integer({ min: 0, max: 8784 }) }),
  fc.record({
    syncSchedule: fc.integer({ min: 24, max: 8784 }),
    timeOfDay: time,
    timeZone: fc.constantFrom('UTC', 'America/Toronto', 'Asia/Kathmandu'),
  }),
);
const months = fc.oneof(
  fc.record({ dataType: fc.constant('invoices') }),
  fc.record({ dataType: fc.constant('balanceSheet'), monthsToSync: fc.integer({ min: 1, max: 120 }) }),
);
const anySetting = fc
  .tuple(
    fc.record({
      fetchOnFirstLink: fc.boolean(),
      syncOrder: fc.integer({ min: -100, max: 100 }),
      isLocked: fc.boolean(),
    }),
    history,
    schedule,
    months,
  )
  .map(([rest, ...parts]): Setting => Object.assign({ ...hourly, ...rest }, ...parts));

describe('a sync setting that is typed', () => {
  it('is the setting that it was when nothing was changed', () => {
    fc.assert(
      fc.property(anySetting, (setting) => {
        const untouched = draftOf(setting, 'America/Toronto');
        expect(faultsOf(untouched)).toEqual(new Set());
        expect(settingOf(untouched, setting)).toEqual(setting);
      }),
    );
  });

  it.each([
    [
      'months back as the window of a data type that has one',
      { months: '12', history: 'months' },
      'invoices',
      { syncFromWindow: 12 },
    ],
    [
      'nothing of the history, on a statement',
      { months: '12', history: 'months' },
      'balanceSheet',
      { monthsToSync: 24 },
    ],
    [
      'a day as its beginning in UTC',
      { history: 'since', since: '2024-02-29' },
      'invoices',
      { syncFromUtc: '2024-02-29T00:00:00.000Z' },
    ],
    ['hours that have no name', { frequency: 'other', hours: '36' }, 'invoices', { syncSchedule: 36 }],
    [
      'a time of day with its zone',
      { frequency: '24', timeOfDay: '06:30' },
      'invoices',
      { syncSchedule: 24, timeOfDay: '06:30', timeZone: 'America/Toronto' },
    ],
    ['no time of day of a read every hour', { frequency: '1', timeOfDay: '06:30' }, 'invoices', {}],
  ] as const)('says %s', (_what, part, dataType, expected) => {
    const { isLocked, ...before } = { ...hourly, dataType };
    const kept = dataType === 'balanceSheet' ? { monthsToSync: 24 } : {};
    const next = settingOf({ ...draft, ...part }, { ...before, ...kept, isLocked });
    expect(next).toEqual({ ...before, isLocked, ...expected });
  });

  it.each<[Partial<SettingDraft>, keyof SettingDraft]>([
    [{ frequency: 'other', hours: '8785' }, 'hours'],
    [{ frequency: 'other', hours: '' }, 'hours'],
    [{ timeOfDay: '24:00' }, 'timeOfDay'],
    [{ timeOfDay: '6:30' }, 'timeOfDay'],
    [{ history: 'months', months: '0' }, 'months'],
    [{ history: 'since', since: '' }, 'since'],
    [{ history: 'since', since: '2024-13-01' }, 'since'],
    [{ statementMonths: '121' }, 'statementMonths'],
    [{ order: 'first' }, 'order'],
  ])('cannot be %j', (part, field) => {
    expect(faultsOf({ ...draft, ...part })).toEqual(new Set([field]));
  });

  it.each([
    ['23', false],
    ['24', true],
  ])('has a time of day from a day on: %s hours', (hours, expected) => {
    expect(takesTime({ ...draft, frequency: 'other', hours })).toBe(expected);
  });
});
