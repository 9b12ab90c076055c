import { describe, expect, it } from '@jest/globals';
import { choose, finish, keepPair, takeCode } from '../../../src/domain/attempt-moves.ts';
import type { LinkAttempt } from '../../../src/domain/grant.ts';
import { start } from '../../fakes/builders.ts';
import { aBusinessOf } from './journey-scene.ts';

const sealed = { key: 'k', iv: 'i', tag: 't', text: 'x' };

function anAttempt(with_: Partial<LinkAttempt> = {}): LinkAttempt {
  return {
    id: 'a',
    companyId: 'company-1',
    connectionId: 'connection-1',
    browser: 'b',
    verifier: sealed,
    appVersion: 1,
    language: 'en',
    created: start,
    expires: start,
    scopes: [],
    step: 'started',
    parameters: {},
    ...with_,
  };
}

describe('an attempt', () => {
  it('lets one take the code', () => {
    const taken = takeCode(anAttempt(), start);

    expect(taken?.step).toBe('exchanging');
    expect(taken && takeCode(taken, start)).toBeUndefined();
  });

  it('keeps the first choice, and only one that fits', () => {
    const businesses = ['1', '2', '3'].map((businessId) =>
      aBusinessOf('900', { businessId, ...(businessId === '3' ? { unfit: 'classic' as const } : {}) }),
    );
    const choosing = anAttempt({ step: 'choosing', businesses });
    const chosen = choose(choosing, '1');

    expect(chosen?.chosen).toBe('1');
    expect(chosen && choose(chosen, '2')).toBeUndefined();
    expect(choose(choosing, '3') ?? choose(choosing, '4')).toBeUndefined();
  });

  it('keeps its first end and drops the pair with it', () => {
    const ended = finish(anAttempt({ step: 'exchanged', pair: sealed }), 'linked');

    expect(ended).toMatchObject({ step: 'done', outcome: 'linked' });
    expect(ended?.pair).toBeUndefined();
    expect(ended && finish(ended, 'expired')).toBeUndefined();
  });

  it('takes a pair that comes after it was given up, and none after any other end', () => {
    const givenUp = anAttempt({ step: 'done', outcome: 'interrupted' });

    expect(keepPair(givenUp, sealed)).toMatchObject({ step: 'exchanged', pair: sealed });
    expect(keepPair({ ...givenUp, outcome: 'cancelled' }, sealed)).toBeUndefined();
  });
});
