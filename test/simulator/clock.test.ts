import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { easternStamp, easternVersion, utcStamp } from '../../simulator/eastern-time.ts';
import { type Bench, rowWithin, startBench, within } from './harness.ts';

describe('§3.7 Eastern wall clock, by the zone database of this machine', () => {
  const zone = new Intl.DateTimeFormat('en-CA', {
    timeZone: 'America/New_York',
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  const byZone = (at: number): string => zone.format(at).replace(', ', ' ');

  it('agrees every three hours from 2008 to 2032', () => {
    const wrong: string[] = [];
    for (let at = Date.UTC(2008, 0, 1); at < Date.UTC(2032, 0, 1); at += 3 * 3_600_000) {
      if (easternStamp(at) !== byZone(at)) wrong.push(utcStamp(at));
    }

    expect(wrong).toEqual([]);
  });

  it.each([
    ['the last second of winter', '2026-03-08T06:59:59Z', '2026-03-08 01:59:59'],
    ['two o’clock does not exist', '2026-03-08T07:00:00Z', '2026-03-08 03:00:00'],
    ['half past one, first time', '2026-11-01T05:30:00Z', '2026-11-01 01:30:00'],
    ['half past one, second time', '2026-11-01T06:30:00Z', '2026-11-01 01:30:00'],
    ['winter again', '2026-11-01T07:00:00Z', '2026-11-01 02:00:00'],
  ])('%s', (_name, at, stamp) => {
    expect(easternStamp(Date.parse(at))).toBe(stamp);
  });

  it('a version has microseconds', () => {
    expect(easternVersion(Date.parse('2026-06-29T16:48:37.743Z'), 7)).toBe('2026-06-29 12:48:37.743007');
  });
});

describe('the clock that moves', () => {
  let bench: Bench;
  const base = Date.parse('2026-11-01T05:30:00Z');
  beforeEach(async () => {
    bench = await startBench({ now: () => base });
  });
  afterEach(() => bench.close());

  const clock = (body: { advanceSeconds: number } | { now: string }) => bench.control('POST', '/clock', body);
  const create = async () => {
    const { json } = await bench.api('POST', 'users/clients', { body: { client: { fname: 'Night' } } });
    return rowWithin(json, 'response', 'result', 'client');
  };

  it('the November night: a later change may bear an equal stamp, while UTC goes on', async () => {
    const first = await create();
    await clock({ advanceSeconds: 3_600 });
    const second = await create();

    expect([first['updated'], first['signup_date']]).toEqual(['2026-11-01 01:30:00', '2026-11-01 05:30:00']);
    expect([second['updated'], second['signup_date']]).toEqual([
      '2026-11-01 01:30:00',
      '2026-11-01 06:30:00',
    ]);
  });

  it('the March night: an hour is missing', async () => {
    await clock({ now: '2026-03-08T06:59:59Z' });
    const before = await create();
    await clock({ advanceSeconds: 1 });
    const after = await create();

    expect([before['updated'], after['updated']]).toEqual(['2026-03-08 01:59:59', '2026-03-08 03:00:00']);
  });

  it('moves tokens with it', async () => {
    await clock({ advanceSeconds: 43_199 });
    expect((await bench.api('GET', 'users/clients')).status).toBe(200);
    await clock({ advanceSeconds: 1 });
    expect((await bench.api('GET', 'users/clients')).status).toBe(401);
  });

  it('tells the new time', async () => {
    expect(within((await clock({ now: '2027-01-01T00:00:00Z' })).json, 'now')).toBe(
      '2027-01-01T00:00:00.000Z',
    );
  });

  it('an Eastern day ends at midnight in New York: updated_min goes by that day (§3.3)', async () => {
    await clock({ now: '2027-01-02T04:59:59Z' });
    const late = await create();
    await clock({ now: '2027-01-02T05:00:00Z' });
    const next = await create();
    const since = async (day: string) =>
      (await bench.list(`users/clients?search[updated_min]=${day}`, 'clients')).map((row) => row['id']);

    expect(await since('2027-01-01')).toEqual([next['id'], late['id']]);
    expect(await since('2027-01-02')).toEqual([next['id']]);
  });

  it.each([{}, { now: 'tomorrow' }, { advanceSeconds: 'many' }])('refuses %o', async (wish) => {
    expect((await bench.control('POST', '/clock', wish)).status).toBe(422);
  });
});
