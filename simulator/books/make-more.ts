import type { Draft } from './draft.ts';
import { makeOpening } from './make-opening.ts';
import { makeBills, makeVendors } from './make-purchases.ts';
import {
  makeCreditNotes,
  makeEstimates,
  makeItems,
  makeOtherIncome,
  makeProfiles,
  makeTasks,
} from './make-sales.ts';
import { makeTeam } from './make-team.ts';
import { makeProjects, makeRetainers } from './make-work.ts';

// A book has some of each, more where there are more clients: 2 to 5 in the tiny one.
const counts = ({ sizes }: Draft, few: number, many: number): number => (sizes.clients > 100 ? many : few);

/** Fills an account with what a book has besides invoices and expenses. */
export const makeMore = (draft: Draft): void => {
  makeTeam(draft, counts(draft, 2, 6));
  makeOpening(draft, '25000.00');
  makeVendors(draft, counts(draft, 3, 25));
  makeBills(draft, counts(draft, 5, 300));
  makeCreditNotes(draft, counts(draft, 3, 40));
  makeItems(draft, counts(draft, 4, 60));
  makeTasks(draft, counts(draft, 3, 14));
  makeOtherIncome(draft, counts(draft, 4, 120));
  makeEstimates(draft, counts(draft, 4, 150));
  makeProfiles(draft, counts(draft, 2, 20));
  makeProjects(draft, counts(draft, 4, 70));
  makeRetainers(draft, counts(draft, 1, 12));
};
