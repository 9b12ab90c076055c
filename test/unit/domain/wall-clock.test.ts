import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { instantAt, millisOf, secondsBetween } from '../../../src/domain/instant.ts';
import { daysBetween, isTimeZone, latestAt, monthsBefore } from '../../../src/domain/wall-clock.ts';

const toronto = (timeOfDay: string) => ({ timeOfDay, timeZone: 'America/Toronto' });

describe('the latest time of day', () => {
  it.each([
    ['today, once it has come', '06:30', '2026-03-02T11:30:00.000Z', '2026-03-02T11:30:00.000Z'],
    ['yesterday, until it has', '06:30', '2026-03-02T11:29:59.999Z', '2026-03-01T11:30:00.000Z'],
    ['an hour later than skipped', '02:30', '2026-03-08T07:30:00.000Z', '2026-03-08T07:30:00.000Z'],
    ['not before that', '02:30', '2026-03-08T07:29:59.000Z', '2026-03-07T07:30:00.000Z'],
    ['the first of two', '01:30', '2026-11-01T05:30:00.000Z', '2026-11-01T05:30:00.000Z'],
    ['still the first at the second', '01:30', '2026-11-01T06:45:00.000Z', '2026-11-01T05:30:00.000Z'],
    ['an hour earlier in UTC from then on', '06:30', '2026-03-08T12:00:00.000Z', '2026-03-08T10:30:00.000Z'],
  ])('is %s', (_case, timeOfDay, now, latest) => {
    expect(latestAt(toronto(timeOfDay), now)).toBe(latest);
  });

  it('comes exactly once between any two of the same, 23 to 25 hours apart', () => {
    const anyTime = fc.record({
      minute: fc.nat(1439),
      day: fc.integer({ min: 0, max: 3650 }),
      timeZone: fc.constantFrom(
        'America/Toronto',
        'Europe/Berlin',
        'Australia/Lord_Howe',
        'Asia/Kolkata',
        'UTC',
      ),
    });
    fc.assert(
      fc.property(anyTime, ({ minute, day, timeZone }) => {
        const text = (number: number) => String(number).padStart(2, '0');
        const timeOfDay = `${text(Math.floor(minute / 60))}:${text(minute % 60)}`;
        const now = instantAt(Date.UTC(2024, 0, 1, 12) + day * 86_400_000);

        const latest = latestAt({ timeOfDay, timeZone }, now);
        const before = latestAt({ timeOfDay, timeZone }, instantAt(millisOf(latest) - 1));

        expect(secondsBetween(latest, now)).toBeGreaterThanOrEqual(0);
        expect(secondsBetween(before, latest)).toBeGreaterThanOrEqual(22 * 3600);
        expect(secondsBetween(before, latest)).toBeLessThanOrEqual(26 * 3600);
        expect(daysBetween(before, latest, timeZone)).toBe(1);
      }),
      { numRuns: 300 },
    );
  });
});

it('counts days on the calendar of the place', () => {
  expect(daysBetween('2026-03-02T04:59:00.000Z', '2026-03-02T05:01:00.000Z', 'America/Toronto')).toBe(1);
  expect(daysBetween('2026-03-02T05:01:00.000Z', '2026-03-03T04:59:00.000Z', 'America/Toronto')).toBe(0);
});

it('goes back months on the calendar, to the last day of a shorter month', () => {
  expect(monthsBefore('2026-03-31T10:00:00.000Z', 1)).toBe('2026-02-28T10:00:00.000Z');
  expect(monthsBefore('2026-03-02T10:00:00.000Z', 24)).toBe('2024-03-02T10:00:00.000Z');
});

it('knows zones of the IANA list and no offsets', () => {
  expect(['America/Toronto', 'UTC', 'Europe/Berlin'].every(isTimeZone)).toBe(true);
  expect(['+05:00', 'Mars/Olympus', '', 'America/'].some(isTimeZone)).toBe(false);
});
