import type { Company } from '../../domain/company.ts';
import { Problem } from '../../domain/problem.ts';
import type { Clock, Companies, NewId, NewToken } from '../ports.ts';

/** What a caller says about a company. */
export type CompanyFacts = { name: string; description?: string; tags: Record<string, string> };

/**
 * Creates a company. Names need not be unique: two businesses may have the same. `creates` is its id when the call may
 * be made again: a company that is there already is the one it made.
 */
export function makeCreateCompany(deps: {
  companies: Pick<Companies, 'insert' | 'find'>;
  clock: Clock;
  newId: NewId;
  newToken: NewToken;
}) {
  return async (facts: CompanyFacts, createdBy?: string, creates?: string): Promise<Company> => {
    const company: Company = {
      ...facts,
      id: creates ?? deps.newId(),
      created: deps.clock(),
      ...(createdBy === undefined ? {} : { createdBy }),
      linkToken: deps.newToken(),
    };
    try {
      await deps.companies.insert(company);
    } catch (error) {
      const made = error instanceof Problem ? await deps.companies.find(company.id) : undefined;
      if (made === undefined) throw error;
      return made;
    }
    return company;
  };
}
