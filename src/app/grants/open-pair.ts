import type { Grant, TokenPair } from '../../domain/grant.ts';
import { Problem } from '../../domain/problem.ts';
import type { Sealer } from '../ports.ts';
import { pairOf } from './pair-text.ts';

/** The pair of a grant. Throws Problem `access-lost` for what is left of one that another system has. */
export async function openPair(
  { sealer }: { sealer: Pick<Sealer, 'open'> },
  grant: Grant,
): Promise<TokenPair> {
  if (grant.pair === undefined) throw handedOver();
  return pairOf(await sealer.open(grant.pair, { purpose: 'grant', id: grant.id }));
}

export function handedOver(): Problem {
  return new Problem(
    'access-lost',
    'The authorisation of this connection was handed over to another system.',
    {
      reason: 'handed-over',
    },
  );
}
