import type { Company } from '../../domain/company.ts';
import { Problem } from '../../domain/problem.ts';
import type { Companies } from '../ports.ts';
import type { CompanyFacts } from './create-company.ts';
import { noSuchCompany } from './find-company.ts';

/** What may be changed one by one; what is absent stays. */
type CompanyChanges = { name?: string; description?: string; tags?: Record<string, string> };

/** Replaces all that a caller can say about a company: a description or tags left out are gone. */
export function makeReplaceCompany({ companies }: { companies: Pick<Companies, 'change'> }) {
  return (companyId: string, facts: CompanyFacts): Promise<Company> =>
    change(companies, companyId, ({ description: _gone, ...company }) => ({ ...company, ...facts }));
}

/** Changes what is given and leaves the rest; each tag that is given is added or changed, the others stay. */
export function makeUpdateCompany({ companies }: { companies: Pick<Companies, 'change'> }) {
  return (companyId: string, changes: CompanyChanges): Promise<Company> =>
    change(companies, companyId, (company) => {
      const tags = { ...company.tags, ...changes.tags };
      refuseTooMany(tags);
      return { ...company, ...changes, tags };
    });
}

/** Tags are to find companies by, not to keep data in. */
export const maxTags = 10;

function refuseTooMany(tags: Record<string, string>): void {
  if (Object.keys(tags).length <= maxTags) return;
  throw new Problem(
    'invalid',
    `With these the company has more than ${maxTags} tags. Replace them (PUT) to drop others.`,
  );
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
