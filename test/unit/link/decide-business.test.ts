import { describe, expect, it } from '@jest/globals';
import { decideBusiness } from '../../../src/app/link/decide-business.ts';
import { aBusiness } from '../../fakes/builders.ts';

const person = (...businesses: Parameters<typeof decideBusiness>[0]['businesses']) => ({
  identityId: '1',
  name: 'Sam',
  email: 'sam@b.example',
  businesses,
});
const theirs = { ...aBusiness({ businessId: '900', accountId: 'Other1' }), role: 'owner' };

describe('a link that is pinned to a business', () => {
  it('tells a person whose own businesses cannot be linked why, not that it is another', () => {
    const decision = decideBusiness(person({ ...theirs, unfit: 'classic' }), aBusiness(), false);

    expect(decision).toMatchObject({ kind: 'none', outcome: 'classic' });
  });

  it('tells a person with nothing at all that there is no business', () => {
    expect(decideBusiness(person(), aBusiness(), false)).toMatchObject({
      kind: 'none',
      outcome: 'no-business',
    });
  });

  it('tells a person with another business that it is another', () => {
    expect(decideBusiness(person(theirs), aBusiness(), false)).toMatchObject({
      kind: 'none',
      outcome: 'wrong-business',
    });
  });
});
