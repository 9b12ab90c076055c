import type { Company } from '../../domain/company.ts';
import type { Clock, Companies, NewId, NewToken } from '../ports.ts';

/** What a caller says about a company. */
export type CompanyFacts = { name: string; description?: string; tags: Record<string, string> };

/** Creates a company. Names need not be unique: two businesses may have the same. */
export function makeCreateCompany(deps: {
  companies: Pick<Companies, 'insert'>;
  clock: Clock;
  newId: NewId;
  newToken: NewToken;
}) {
  return async (facts: CompanyFacts, createdBy: string | undefined): Promise<Company> => {
    const company: Company = {
      ...facts,
      id: deps.newId(),
      created: deps.clock(),
      ...(createdBy === undefined ? {} : { createdBy }),
      linkToken: deps.newToken(),
    };
    await deps.companies.insert(company);
    return company;
  };
}
