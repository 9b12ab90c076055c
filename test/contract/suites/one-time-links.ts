import { describe, expect, it } from '@jest/globals';
import type { OneTimeLinks } from '../../../src/app/ports.ts';
import { type OneTimeLink, useUp } from '../../../src/domain/one-time-link.ts';
import { start } from '../../fakes/builders.ts';

const link: OneTimeLink = {
  digest: 'd1',
  companyId: 'company-1',
  created: start,
  // Far ahead: a table that sweeps by it must not sweep it during the test.
  expires: '2126-03-02T15:10:00.000Z',
};

/** What every store of one-time links promises. `make` gives an empty one. */
export function oneTimeLinksContract(name: string, make: () => Promise<{ links: OneTimeLinks }>): void {
  describe(`one-time links: ${name}`, () => {
    it('are found by their digests, whole', async () => {
      const { links } = await make();
      await links.insert(link);
      await links.insert({ ...link, digest: 'd2', connectionId: 'connection-1' });

      expect(await links.find('d1')).toEqual(link);
      expect(await links.find('d2')).toEqual({ ...link, digest: 'd2', connectionId: 'connection-1' });
      expect(await links.find('d3')).toBeUndefined();
    });

    it('are never handed out twice under one digest', async () => {
      const { links } = await make();
      await links.insert(link);

      await expect(links.insert(link)).rejects.toMatchObject({ kind: 'conflict' });
    });

    it('are used up by one of many', async () => {
      const { links } = await make();
      await links.insert(link);

      const won = await Promise.all(
        ['a', 'b', 'c', 'd'].map((attempt) =>
          links.change('d1', (held) => {
            const next = useUp(held, attempt, start);
            return next === undefined ? { result: false } : { next, result: true };
          }),
        ),
      );

      expect(won.filter(Boolean)).toHaveLength(1);
    });

    it('cannot be changed into being', async () => {
      const { links } = await make();

      expect(await links.change('d1', () => ({ next: link, result: 1 }))).toBeUndefined();
      expect(await links.find('d1')).toBeUndefined();
    });
  });
}
