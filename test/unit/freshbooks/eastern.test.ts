import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { dayBefore, easternDay, easternToUtc, isDay } from '../../../src/freshbooks/eastern.ts';

describe('a stamp on New York’s clocks', () => {
  it.each([
    ['2026-06-29 12:49:16', '2026-06-29T16:49:16Z', 'in summer'],
    ['2026-01-15 23:30:00', '2026-01-16T04:30:00Z', 'in winter, over midnight'],
    ['2026-06-29 12:52:44.256995', '2026-06-29T16:52:44Z', 'with microseconds'],
    ['2026-03-08 01:59:59', '2026-03-08T06:59:59Z', 'before the clocks go forward'],
    ['2026-03-08 02:30:00', '2026-03-08T07:30:00Z', 'in the hour that does not exist'],
    ['2026-03-08 03:00:00', '2026-03-08T07:00:00Z', 'after the clocks went forward'],
    ['2026-11-01 00:59:59', '2026-11-01T04:59:59Z', 'before the hour that comes twice'],
    ['2026-11-01 01:30:00', '2026-11-01T06:30:00Z', 'in the hour that comes twice: its later pass'],
    ['2026-11-01 02:00:00', '2026-11-01T07:00:00Z', 'after the hour that came twice'],
    ['2006-03-20 12:00:00', '2006-03-20T17:00:00Z', 'under the rule before 2007'],
    ['2026-06-29T16:49:16Z', '2026-06-29T16:49:16Z', 'that says it is UTC'],
  ])('%s is %s: %s', (eastern, utc) => {
    expect(easternToUtc(eastern)).toBe(utc);
  });

  it.each([
    '',
    '2026-02-30 10:00:00',
    '2026-13-01 10:00:00',
    '2026-06-29',
    'yesterday',
    '2026-06-29 25:00:00',
  ])('%j is none', (text) => {
    expect(easternToUtc(text)).toBeUndefined();
  });

  it('is four or five hours behind UTC at any moment', () => {
    const moment = fc.date({ min: new Date('2005-01-01'), max: new Date('2035-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(moment, (date) => {
        const text = date.toISOString().slice(0, 19).replace('T', ' ');
        const apart =
          (Date.parse(easternToUtc(text) ?? '') - Date.parse(`${text.replace(' ', 'T')}Z`)) / 3_600_000;
        expect([4, 5]).toContain(apart);
      }),
    );
  });

  it('agrees with the time-zone data of this machine at any moment that exists once', () => {
    const wall = new Intl.DateTimeFormat('sv-SE', {
      timeZone: 'America/New_York',
      dateStyle: 'short',
      timeStyle: 'medium',
    });
    fc.assert(
      fc.property(fc.integer({ min: Date.UTC(2008, 0), max: Date.UTC(2035, 0) }), (millis) => {
        const moment = new Date(millis - (millis % 1000));
        const text = wall.format(moment);
        const back = Date.parse(easternToUtc(text) ?? '');
        const comesTwice = text.slice(5, 7) === '11' && text.slice(11, 13) === '01';
        expect(back === moment.getTime() || (comesTwice && back - moment.getTime() === 3_600_000)).toBe(true);
      }),
    );
  });
});

describe('days', () => {
  it('begin at New York’s midnight', () => {
    expect(easternDay('2026-06-29T03:59:59.000Z')).toBe('2026-06-28');
    expect(easternDay('2026-06-29T04:00:00.000Z')).toBe('2026-06-29');
  });

  it('go back over the ends of months and years', () => {
    expect([dayBefore('2026-01-01'), dayBefore('2024-03-01')]).toEqual(['2025-12-31', '2024-02-29']);
  });

  it('are only those on the calendar', () => {
    expect(['2024-02-29', '2026-02-29', '2026-1-1', '2026-04-31'].map(isDay)).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });
});
