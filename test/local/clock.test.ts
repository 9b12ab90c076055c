import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import type { RunningStack } from '../../local/start-stack.ts';
import { clientsOf, control, emptyFolder, startFixture } from './fixture.ts';

const PRELOAD = join(import.meta.dirname, '../../local/clock/preload.mjs');
const HOUR_MS = 3_600_000;

/** What a program prints that runs under the preload with the clock an hour ahead. */
function under(program: string): unknown {
  const file = join(emptyFolder(), 'clock.json');
  writeFileSync(file, JSON.stringify({ offsetMs: HOUR_MS }));
  const env = { ...process.env, LEDGERLINK_CLOCK_FILE: file };
  const script = `console.log(JSON.stringify(await (async () => { ${program} })()))`;
  const flags = ['--import', PRELOAD, '--input-type=module', '--eval', script];
  return JSON.parse(execFileSync(process.execPath, flags, { env, encoding: 'utf8' }));
}

describe('under the preload', () => {
  const ahead = z
    .number()
    .min(HOUR_MS - 60_000)
    .max(HOUR_MS + 60_000);

  it.each([
    ['Date.now()', 'return Date.now() - Date.realNow()'],
    ['new Date()', 'return new Date().getTime() - Date.realNow()'],
    ['Date() called without new', 'return new Date(Date()).getTime() - Date.realNow()'],
    ['a subclass of Date', 'class Day extends Date {} return new Day().getTime() - Date.realNow()'],
  ])('%s is moved', (_title, program) => {
    expect(ahead.safeParse(under(program)).success).toBe(true);
  });

  it.each([
    ['a given instant', "return new Date('2026-01-02T03:04:05Z').toISOString()", '2026-01-02T03:04:05.000Z'],
    ['given parts', 'return new Date(2026, 0).getMonth()', 0],
    ['Date.UTC and Date.parse', "return Date.UTC(2026, 0, 2) - Date.parse('2026-01-02')", 0],
    [
      'what is a Date',
      'return [new Date() instanceof Date, structuredClone(new Date()) instanceof Date]',
      [true, true],
    ],
    [
      'a date from Node itself',
      "const { statSync } = await import('node:fs'); return statSync('.').mtime instanceof Date",
      true,
    ],
    ['its name', 'return [Date.name, new Date().constructor === Date]', ['Date', true]],
    [
      'monotonic time',
      'return performance.now() < 60000 && Math.abs(performance.timeOrigin + performance.now() - Date.realNow()) < 60000',
      true,
    ],
  ])('%s stays as it is', (_title, program, expected) => {
    expect(under(program)).toEqual(expected);
  });
});

describe('the clock of a stack', () => {
  let stack: RunningStack;
  beforeAll(async () => {
    stack = await startFixture();
  });
  afterAll(() => stack.close());

  const Clock = z.object({ now: z.string().transform(Date.parse) });
  const engine = async () => Clock.parse(await control(stack, 'GET', '/clock')).now;
  const inFunction = async () =>
    z.object({ now: z.number() }).parse(await (await fetch(`${stack.originUrl}/`)).json()).now;
  const near = (left: number, right: number) => Math.abs(left - right) < 30_000;

  it('moves engine and functions together', async () => {
    const before = await engine();

    await control(stack, 'POST', '/clock', { advanceSeconds: 7200 });

    expect(near(await engine(), before + 7_200_000)).toBe(true);
    expect(near(await inFunction(), before + 7_200_000)).toBe(true);
  });

  it('is set to an instant, but never back', async () => {
    const target = new Date((await engine()) + 5 * HOUR_MS).toISOString();
    await control(stack, 'POST', '/clock', { now: target });
    expect(near(await engine(), Date.parse(target))).toBe(true);

    await expect(control(stack, 'POST', '/clock', { now: '2001-01-01T00:00:00Z' })).rejects.toThrow(
      /only moves forward/,
    );
    await expect(control(stack, 'POST', '/clock', { advanceSeconds: -1 })).rejects.toThrow(/400/);
  });

  it('does not shorten an invocation that is under way', async () => {
    const slow = fetch(`${stack.originUrl}/?mode=sleep&ms=400`);
    await control(stack, 'POST', '/clock', { advanceSeconds: 3600 });

    const { remaining } = z.object({ remaining: z.number() }).parse(await (await slow).json());

    expect(remaining).toBeGreaterThan(0);
  });

  it('lets the owner in, whose scripts run by the clock of the machine', async () => {
    await control(stack, 'POST', '/clock', { advanceSeconds: 3600 });
    const Item = { pk: { S: 'x' }, sk: { S: 'x' } };

    const put = clientsOf(stack).dynamodb.send(
      new PutItemCommand({ TableName: stack.outputs['TableName'], Item }),
    );

    await expect(put).resolves.toBeDefined();
  });
});
