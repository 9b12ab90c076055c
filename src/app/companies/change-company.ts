import type { Company } from '../../domain/company.ts';
import type { Companies } from '../ports.ts';
import type { CompanyFacts } from './create-company.ts';
import { noSuchCompany } from './find-company.ts';

/** What may be changed one by one; what is absent stays. */
export type CompanyChanges = { name?: string; description?: string; tags?: Record<string, string> };

/** Replaces all that a caller can say about a company: a description or tags left out are gone. */
export function makeReplaceCompany({ companies }: { companies: Pick<Companies, 'change'> }) {
  return (companyId: string, facts: CompanyFacts): Promise<Company> =>
    change(companies, companyId, ({ description: _gone, ...company }) => ({ ...company, ...facts }));
}

/** Changes what is given and leaves the rest; `tags` are replaced as a whole. */
export function makeUpdateCompany({ companies }: { companies: Pick<Companies, 'change'> }) {
  return (companyId: string, changes: CompanyChanges): Promise<Company> =>
    change(companies, companyId, (company) => ({ ...company, ...changes }));
}

async function change(
  companies: Pick<Companies, 'change'>,
  companyId: string,
  next: (company: Company) => Company,
): Promise<Company> {
  const changed = await companies.change(companyId, (company) => {
    const after = next(company);
    return { next: after, result: after };
  });
  if (!changed) throw noSuchCompany(companyId);
  return changed;
}
