import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Grants, LinkAttempts } from '../../../src/app/ports.ts';
import type { Grant, LinkAttempt } from '../../../src/domain/grant.ts';
import { start } from '../../fakes/builders.ts';

const sealed = { key: 'a2V5', iv: 'aXY', tag: 'dGFn', text: 'dGV4dA' };

const aGrant = (with_: Partial<Grant> = {}): Grant => ({
  id: 'grant-1',
  clientId: 'client',
  appVersion: 1,
  identityId: '900',
  born: start,
  epoch: 1,
  pair: sealed,
  obtainedAt: start,
  expiresAt: '2026-03-03T03:00:00.000Z',
  scopes: ['user:profile:read'],
  status: 'live',
  lineage: [{ epoch: 1, hash: 'h', at: start }],
  ...with_,
});

const anAttempt = (with_: Partial<LinkAttempt> = {}): LinkAttempt => ({
  id: 'attempt-1',
  companyId: 'company-1',
  connectionId: 'connection-1',
  browser: 'b',
  verifier: sealed,
  appVersion: 1,
  language: 'fr-CA',
  created: start,
  // Far ahead: a table that sweeps by it must not sweep it during the test.
  expires: '2126-03-02T15:10:00.000Z',
  step: 'started',
  scopes: ['user:profile:read'],
  parameters: { ref: 'a b' },
  ...with_,
});

/** What every store of grants promises. `make` gives an empty one. */
export function grantsContract(name: string, make: () => Promise<{ grants: Grants }>): void {
  describe(`grants: ${name}`, () => {
    let grants: Grants;
    beforeEach(async () => {
      grants = (await make()).grants;
    });

    it('makes a grant where there was none', async () => {
      const result = await grants.change('grant-1', (current) => ({ next: aGrant(), result: current }));

      expect(result).toBeUndefined();
      expect(await grants.find('grant-1')).toEqual(aGrant());
    });

    it('makes nothing when nothing was decided', async () => {
      expect(await grants.change('grant-1', () => ({ result: 'looked' }))).toBe('looked');
      expect(await grants.find('grant-1')).toBeUndefined();
    });

    it('changes what is there, and drops what a change leaves out', async () => {
      const lease = { owner: 'worker', until: start };
      await grants.change('grant-1', () => ({ next: aGrant({ lease }), result: 0 }));

      await grants.change('grant-1', (current) => ({
        next: aGrant({ epoch: (current?.epoch ?? 0) + 1 }),
        result: 0,
      }));

      expect(await grants.find('grant-1')).toEqual(aGrant({ epoch: 2 }));
    });

    it('loses no change of many at once, the first one included', async () => {
      const count = (current: Grant | undefined) => ({
        next: aGrant({ epoch: (current?.epoch ?? 0) + 1 }),
        result: current?.epoch ?? 0,
      });

      const seen = await Promise.all(Array.from({ length: 8 }, () => grants.change('grant-1', count)));

      expect((await grants.find('grant-1'))?.epoch).toBe(8);
      expect(new Set(seen).size).toBe(8);
    });

    it('removes, and removing again is no error', async () => {
      await grants.change('grant-1', () => ({ next: aGrant(), result: 0 }));

      await grants.remove('grant-1');
      await grants.remove('grant-1');

      expect(await grants.find('grant-1')).toBeUndefined();
    });
  });
}

/** What every store of link attempts promises. `make` gives an empty one. */
export function linkAttemptsContract(
  name: string,
  make: () => Promise<{ linkAttempts: LinkAttempts }>,
): void {
  describe(`link attempts: ${name}`, () => {
    let attempts: LinkAttempts;
    beforeEach(async () => {
      attempts = (await make()).linkAttempts;
    });

    it('finds what was inserted, whole', async () => {
      await attempts.insert(anAttempt());

      expect(await attempts.find('attempt-1')).toEqual(anAttempt());
      expect(await attempts.find('attempt-2')).toBeUndefined();
    });

    it('refuses a second attempt of the same state', async () => {
      await attempts.insert(anAttempt());

      await expect(attempts.insert(anAttempt())).rejects.toMatchObject({ kind: 'conflict' });
    });

    it('lets one of many take a step', async () => {
      await attempts.insert(anAttempt());
      const take = (attempt: LinkAttempt) =>
        attempt.step === 'started'
          ? { next: anAttempt({ step: 'exchanging' }), result: 'mine' }
          : { result: 'taken' };

      const results = await Promise.all(Array.from({ length: 8 }, () => attempts.change('attempt-1', take)));

      expect(results.filter((result) => result === 'mine')).toHaveLength(1);
    });

    it('changes nothing where nothing is, and removes', async () => {
      expect(await attempts.change('attempt-1', () => ({ result: 1 }))).toBeUndefined();
      await attempts.insert(anAttempt());
      await attempts.remove('attempt-1');
      await attempts.remove('attempt-1');
      expect(await attempts.find('attempt-1')).toBeUndefined();
    });
  });
}
