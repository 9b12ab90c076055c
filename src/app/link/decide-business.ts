import type { Outcome } from '../../domain/attempt-moves.ts';
import type { Business } from '../../domain/connection.ts';
import type { OfferedBusiness } from '../../domain/grant.ts';
import type { Person } from '../ports.ts';

export type BusinessDecision =
  | { kind: 'link'; business: OfferedBusiness }
  | { kind: 'choose'; businesses: OfferedBusiness[] }
  | { kind: 'none'; outcome: Outcome; businesses: OfferedBusiness[] };

/** Which reason is told first when no business fits and the reasons differ. */
const reasons = ['classic', 'inactive', 'no-account', 'client-only'] as const;

/**
 * Which business of the person a connection is for. `pinned` is the business it was linked to before: it is that one
 * or none, because the books of two businesses never mix; unless the customer may change it, which takes a choice in
 * so many words.
 */
export function decideBusiness(
  person: Person,
  pinned: Business | undefined,
  mayChange: boolean,
): BusinessDecision {
  const businesses = person.businesses.map((business) => ({ ...business }));
  const fit = fitting(businesses);
  const others = fit.filter((business) => pinned === undefined || !isSameBusiness(business, pinned));
  if (pinned !== undefined && mayChange && others.length > 0) return { kind: 'choose', businesses };
  if (
    pinned !== undefined &&
    (fit.length > 0 || businesses.some((business) => isSameBusiness(business, pinned)))
  ) {
    return again(businesses, pinned);
  }
  const [only] = fit;
  if (fit.length > 1) return { kind: 'choose', businesses };
  if (only !== undefined) return { kind: 'link', business: only };
  const outcome = reasons.find((reason) => businesses.some(({ unfit }) => unfit === reason)) ?? 'no-business';
  return { kind: 'none', outcome, businesses };
}

/** Those of the businesses that can be linked. */
export function fitting(businesses: readonly OfferedBusiness[]): OfferedBusiness[] {
  return businesses.filter(({ unfit }) => unfit === undefined);
}

function again(businesses: OfferedBusiness[], pinned: Business): BusinessDecision {
  const same = businesses.find((business) => isSameBusiness(business, pinned));
  if (same === undefined) return { kind: 'none', outcome: 'wrong-business', businesses };
  if (same.unfit !== undefined) return { kind: 'none', outcome: same.unfit, businesses: [same] };
  return { kind: 'link', business: same };
}

/** Whether it is the business that was linked before; one without an account yet or any more is known by its id. */
export function isSameBusiness(business: Business, pinned: Business): boolean {
  return (
    business.businessId === pinned.businessId &&
    (business.accountId === pinned.accountId || !business.accountId)
  );
}
