import type { Companies } from '../../src/app/ports.ts';
import type { Company } from '../../src/domain/company.ts';
import { MemoryTable } from './memory-table.ts';

/** Companies in memory. */
export function memoryCompanies(): Companies {
  const table = new MemoryTable<Company>('company');
  return {
    insert: (company) => table.insert(company.id, company),
    find: (id) => table.find(id),
    change: (id, decide) => table.change(id, decide),
    remove: async (id) => {
      await table.remove(id);
    },
    all: () => table.all(),
    byLinkToken: async (token) => (await table.all()).find((company) => company.linkToken === token),
  };
}
