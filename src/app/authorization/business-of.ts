import type { Outcome } from '../../domain/attempt-moves.ts';
import type { Connection } from '../../domain/connection.ts';
import type { OfferedBusiness } from '../../domain/grant.ts';
import { never, Problem } from '../../domain/problem.ts';
import { decideBusiness, fitting } from '../link/decide-business.ts';
import type { Person } from '../ports.ts';

/**
 * The business of a person that a connection is to read, by the same rules as for a customer who authorises; where
 * there are several to choose from, `businessId` chooses. Throws Problem `conflict` that says why there is none.
 */
export function businessOf(
  person: Person,
  connection: Connection,
  businessId: string | undefined,
): OfferedBusiness {
  const decision = decideBusiness(person, connection.business, false);
  switch (decision.kind) {
    case 'none':
      throw new Problem('conflict', refusals[decision.outcome] ?? refusals['no-business']);
    case 'link':
      if (businessId === undefined || businessId === decision.business.businessId) return decision.business;
      throw new Problem('conflict', refusals['wrong-business']);
    case 'choose': {
      const fit = fitting(decision.businesses);
      const chosen = fit.find((one) => one.businessId === businessId);
      if (chosen !== undefined) return chosen;
      const ids = fit.map((one) => one.businessId).join(', ');
      throw new Problem(
        'conflict',
        `This person has several businesses in FreshBooks. Send the one to be read as "businessId": ${ids}.`,
      );
    }
    default:
      return never(decision);
  }
}

const refusals: Partial<Record<Outcome, string>> & Record<'wrong-business' | 'no-business', string> = {
  'wrong-business':
    'This token pair is of another business than the one that the connection is for. Check the connection.',
  'no-business': 'The person whose token pair this is has no business in FreshBooks. Check the pair.',
  classic: 'The business of this token pair is on FreshBooks Classic, which cannot be read.',
  'client-only':
    'The person whose token pair this is is only a client of the business. Somebody else has to authorise.',
  'no-account': 'The business of this token pair has no accounting in FreshBooks.',
  inactive: 'The FreshBooks account of this token pair is closed, or its trial is over.',
};
