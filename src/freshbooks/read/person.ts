import type { ReadResource } from '../../app/ports.ts';
import { Problem } from '../../domain/problem.ts';
import type { Client } from '../client.ts';
import { markOf } from './cursor.ts';
import { membershipIn } from './membership.ts';

type Read = Parameters<ReadResource>[0];

/** Asks FreshBooks who reads: see `makeAskPerson`. */
export type AskPerson = { inThisRun: (read: Read) => Promise<string>; now: (read: Read) => Promise<string> };

/** The mark of who sees every row of a business. */
export const seesAll = 'all';
/** Roles that see every row (freshbooks-api §2.1): the owner, and who FreshBooks calls an admin. */
const allSeeing: readonly unknown[] = ['owner', 'business_partner'];

/**
 * Who reads a business and in which role, as a mark to compare: another one may see other rows. Empty when FreshBooks
 * does not say. `inThisRun` asks once for all resources of a run, which are read for the same business object.
 */
export function makeAskPerson(client: Client): AskPerson {
  const asked = new WeakMap<Read['business'], Promise<string>>();
  const now = async ({ business, token, refused, deadline }: Read): Promise<string> => {
    const request = {
      subject: 'users/me',
      path: '/auth/api/v1/users/me',
      access: { token, refused },
      as: (body: unknown) => membershipIn(body, business),
      deadline: Date.parse(deadline),
    };
    try {
      const { value } = await client.get(request);
      const { role } = value;
      return allSeeing.includes(role) ? seesAll : markOf([`${business.identityId} ${String(role)}`]);
    } catch (error) {
      if (error instanceof Problem && error.kind !== 'access-lost') return '';
      throw error;
    }
  };
  const inThisRun = (read: Read): Promise<string> => {
    const known = asked.get(read.business) ?? now(read);
    asked.set(read.business, known);
    return known;
  };
  return { inThisRun, now };
}
