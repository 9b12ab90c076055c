import type { ReadResource } from '../../app/ports.ts';
import { Problem } from '../../domain/problem.ts';
import type { Client } from '../client.ts';
import { markOf } from './cursor.ts';
import { type Member, memberIn } from './membership.ts';

type Read = Parameters<ReadResource>[0];

/** Who reads, `gone` when they are no longer in the business, nothing when FreshBooks does not say. */
type Who = (Member & { seesAll: boolean }) | 'gone' | undefined;

/** Asks FreshBooks who reads: see `makeAskPerson`. */
export type AskPerson = {
  who: (read: Read) => Promise<Who>;
  inThisRun: (read: Read) => Promise<string>;
  now: (read: Read) => Promise<string>;
};

/** The mark of who sees every row of a business. */
export const seesAll = 'all';
/** Roles that see every row (freshbooks-api §2.1): the owner, and who FreshBooks calls an admin. */
const allSeeing: readonly unknown[] = ['owner', 'business_partner'];

/**
 * Who reads a business and in which role, as a mark to compare: another one may see other rows. Empty when FreshBooks
 * does not say. `inThisRun` and `who` ask once for all resources of a run.
 */
export function makeAskPerson(client: Client): AskPerson {
  let latest: { runId: string; answer: Promise<Who> } | undefined;
  const ask = async ({ business, token, refused, deadline }: Read): Promise<Who> => {
    const request = {
      subject: 'users/me',
      path: '/auth/api/v1/users/me',
      access: { token, refused },
      as: (body: unknown) => memberIn(body, business),
      deadline: Date.parse(deadline),
    };
    try {
      const { value } = await client.get(request);
      return { ...value, seesAll: allSeeing.includes(value.role) };
    } catch (error) {
      if (!(error instanceof Problem) || error.kind === 'access-lost') throw error;
      return error.reason === 'membership-gone' ? 'gone' : undefined;
    }
  };
  const who = (read: Read): Promise<Who> => {
    if (latest?.runId !== read.runId) latest = { runId: read.runId, answer: ask(read) };
    return latest.answer;
  };
  return {
    who,
    inThisRun: async (read) => markFor(read, await who(read)),
    now: async (read) => markFor(read, await ask(read)),
  };
}

function markFor({ business }: Read, who: Who): string {
  if (who === undefined || who === 'gone') return '';
  return who.seesAll ? seesAll : markOf([`${business.identityId} ${String(who.role ?? null)}`]);
}
