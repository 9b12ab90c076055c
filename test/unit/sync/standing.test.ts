import { describe, expect, it } from '@jest/globals';
import type { Person } from '../../../src/app/ports.ts';
import { lookAtStanding } from '../../../src/app/sync/look-at-standing.ts';
import type { ResourceOutcome, Run } from '../../../src/app/sync/read-resource.ts';
import { Problem } from '../../../src/domain/problem.ts';
import { aBusiness, start } from '../../fakes/builders.ts';
import { memoryLog } from '../../fakes/log.ts';

const shut: { outcome: ResourceOutcome } = {
  outcome: { kind: 'failed', failure: { status: 'PermissionsError', message: 'no' } },
};
const read: { outcome: ResourceOutcome } = { outcome: { kind: 'read', state: {}, changed: 0 } };
const run: Run = {
  ref: { companyId: 'company-1', connectionId: 'connection-1' },
  id: 'run-1',
  epoch: 1,
  started: start,
  deadline: start,
  business: aBusiness(),
  currencies: [],
  scopes: [],
  access: { token: async () => 'access', refused: async () => 'access', facts: async () => undefined },
  lease: { check: () => undefined, lost: () => false, stop: () => undefined },
};
const person = (...businesses: Person['businesses']): Person => ({
  identityId: '900',
  name: 'Ada',
  email: 'ada@example.test',
  businesses,
});
const look = (reads: { outcome: ResourceOutcome }[], whoIs: () => Promise<Person>) =>
  lookAtStanding({ oauth: { whoIs }, log: memoryLog().log }, run, reads);

describe('the person who connected, when FreshBooks lets hardly anything be read', () => {
  it.each([
    { what: 'has left the business', businesses: [], unfit: 'membership-gone' },
    {
      what: 'is only a client now',
      businesses: [{ ...aBusiness(), role: 'client', unfit: 'client-only' as const }],
      unfit: 'client-only',
    },
    {
      what: 'has a closed account',
      businesses: [{ ...aBusiness(), role: 'owner', unfit: 'inactive' as const }],
      unfit: 'inactive',
    },
    {
      what: 'is on Classic',
      businesses: [{ ...aBusiness(), role: 'owner', unfit: 'classic' as const }],
      unfit: 'classic',
    },
  ])('$what', async ({ businesses, unfit }) => {
    expect(await look([shut, shut, read], async () => person(...businesses))).toMatchObject({
      at: start,
      unfit,
    });
  });

  it('may be as before, with another role', async () => {
    const standing = await look([shut], async () => person({ ...aBusiness(), role: 'manager' }));

    expect(standing).toEqual({ at: start, role: 'manager' });
  });

  it('is not asked about while most is read', async () => {
    expect(await look([shut, read, read], async () => person())).toBeUndefined();
  });

  it('is judged by nothing when nobody answers', async () => {
    const silence = () => Promise.reject(new Problem('unavailable', 'FreshBooks did not answer.'));

    expect(await look([shut], silence)).toBeUndefined();
  });
});
