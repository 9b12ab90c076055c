import { describe, expect, it } from '@jest/globals';
import type { CompanyTokens, CountCall, IdempotentCalls, RateLimitStore } from '../../../src/app/ports.ts';
import type { IdempotentCall } from '../../../src/domain/idempotent-call.ts';
import { plusSeconds } from '../../../src/domain/instant.ts';
import { start } from '../../fakes/builders.ts';

type Stores = {
  calls: IdempotentCalls;
  countCall: CountCall;
  limits: RateLimitStore;
  companyTokens: CompanyTokens;
};

const call: IdempotentCall = {
  fingerprint: 'f',
  owner: 'request-1',
  until: start,
  creates: 'id-1',
  expires: '2126-01-01T00:00:00.000Z',
};

/** What every store of calls promises. `make` gives an empty one. */
export function callsContract(name: string, make: () => Promise<Stores>): void {
  describe(`calls: ${name}`, () => {
    it('are claimed by one of many', async () => {
      const { calls } = await make();

      const won = await Promise.all(
        ['a', 'b', 'c', 'd'].map((owner) =>
          calls.change('id', (held) =>
            held === undefined ? { next: { ...call, owner }, result: true } : { result: false },
          ),
        ),
      );

      expect(won.filter(Boolean)).toHaveLength(1);
    });

    it('keep what was decided last', async () => {
      const { calls } = await make();
      const reply = { iv: 'i', tag: 't', text: 'x' };
      await calls.change('id', () => ({ next: call, result: 0 }));
      await calls.change('id', (held) => ({ next: { ...(held ?? call), reply }, result: 0 }));

      expect(await calls.change('id', (held) => ({ result: held }))).toEqual({ ...call, reply });
      expect(await calls.change('other', (held) => ({ result: held }))).toBeUndefined();
    });

    it('are counted one by one, by key and minute', async () => {
      const { countCall } = await make();
      const window = { start, end: plusSeconds(start, 60) };
      const next = { start: window.end, end: plusSeconds(start, 120) };

      const counts = await Promise.all(Array.from({ length: 6 }, () => countCall('key', window)));

      expect(counts.toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6]);
      expect(await countCall('other', window)).toBe(1);
      expect(await countCall('key', next)).toBe(1);
    });

    it('are made with access tokens that are found by their digests', async () => {
      const { companyTokens } = await make();
      const token = { digest: 'd', companyId: 'company-1', expires: '2126-01-01T00:00:00.000Z' };
      await companyTokens.insert(token);
      await companyTokens.insert({ ...token, digest: 'e', keyId: 'key-1' });

      expect(await companyTokens.find('d')).toEqual(token);
      expect(await companyTokens.find('e')).toEqual({ ...token, digest: 'e', keyId: 'key-1' });
      expect(await companyTokens.find('f')).toBeUndefined();
      await expect(companyTokens.insert(token)).rejects.toMatchObject({ kind: 'conflict' });
    });

    it('may be 6,000 a minute until a limit is saved', async () => {
      const { limits } = await make();

      expect(await limits.find()).toEqual({ requestsPerMinute: 6000 });
      await limits.save({ requestsPerMinute: 0 });
      expect(await limits.find()).toEqual({ requestsPerMinute: 0 });
    });
  });
}
