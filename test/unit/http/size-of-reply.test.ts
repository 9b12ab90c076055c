import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Problem } from '../../../src/domain/problem.ts';
import { fitReply } from '../../../src/http/size-of-reply.ts';
import { aRequest } from './api-world.ts';

const limit = 20_000;

/** The page size that is asked for next, or none when the page was sent. */
async function ask(rows: readonly string[], pageSize: number, gzip: boolean): Promise<number | undefined> {
  const request = aRequest({
    path: `/things?pageSize=${pageSize}`,
    headers: gzip ? { 'accept-encoding': 'gzip' } : {},
  });
  const body = JSON.stringify({ results: rows.slice(0, pageSize) });
  try {
    await fitReply(request, { status: 200, headers: {}, cookies: [], body }, limit);
    return undefined;
  } catch (thrown) {
    if (!(thrown instanceof Problem)) throw thrown;
    return Number(/pageSize=(\d+)/.exec(thrown.sentence)?.[1]);
  }
}

const noise = (n: number) => Array.from({ length: n }, (_, at) => Math.sin(at * n).toString(36)).join('"');

describe('the page size that a refusal names', () => {
  it.each([true, false])('fits when rows are of one size, gzip %s', async (gzip) => {
    const rows = Array.from({ length: 5000 }, (_, n) => `${n} ${noise(20)}${n * 7919}`);
    const named = await ask(rows, 5000, gzip);

    expect(named).toBeGreaterThan(1);
    expect(named).toBeLessThan(5000);
    expect(await ask(rows, named ?? 0, gzip)).toBeUndefined();
  });

  it('leads to a page that is sent within a few tries, however uneven the rows are', async () => {
    const row = fc.nat({ max: 60 }).map(noise);
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 300 }), fc.boolean(), async (rows, gzip) => {
        let pageSize: number | undefined = 5000;
        for (let tries = 0; pageSize !== undefined && tries < 8; tries += 1) {
          pageSize = await ask(rows, pageSize, gzip);
        }
        expect(pageSize).toBeUndefined();
      }),
      { numRuns: 60 },
    );
  });
});
