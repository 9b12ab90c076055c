import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Companies } from '../../../src/app/ports.ts';
import { aCompany } from '../../fakes/builders.ts';

/** What every store of companies promises. `make` gives an empty one. */
export function companiesContract(name: string, make: () => Promise<{ companies: Companies }>): void {
  describe(`companies: ${name}`, () => {
    let companies: Companies;
    beforeEach(async () => {
      companies = (await make()).companies;
    });

    it('finds what was inserted, by id and by link', async () => {
      const company = aCompany({ tags: { region: 'Montréal' }, description: 'A shop' });

      await companies.insert(company);

      expect(await companies.find('company-1')).toEqual(company);
      expect(await companies.byLinkToken('company-link-1')).toEqual(company);
      expect(await companies.all()).toEqual([company]);
    });

    it('finds nothing where nothing is', async () => {
      expect(await companies.find('company-1')).toBeUndefined();
      expect(await companies.byLinkToken('company-link-1')).toBeUndefined();
      expect(await companies.change('company-1', () => ({ result: 1 }))).toBeUndefined();
      expect(await companies.all()).toEqual([]);
    });

    it('refuses a second company of the same id', async () => {
      await companies.insert(aCompany());

      await expect(companies.insert(aCompany({ name: 'Other' }))).rejects.toMatchObject({ kind: 'conflict' });
      expect(await companies.find('company-1')).toEqual(aCompany());
    });

    it('changes what is there, and drops what a change leaves out', async () => {
      await companies.insert(aCompany({ description: 'A shop' }));

      const result = await companies.change('company-1', ({ description, ...company }) => ({
        next: { ...company, name: 'Renamed' },
        result: description,
      }));

      expect(result).toBe('A shop');
      expect(await companies.find('company-1')).toEqual(aCompany({ name: 'Renamed' }));
    });

    it('loses no change of many at once', async () => {
      await companies.insert(aCompany({ name: '' }));

      await Promise.all(
        Array.from({ length: 6 }, () =>
          companies.change('company-1', (one) => ({ next: { ...one, name: `${one.name}x` }, result: 0 })),
        ),
      );

      expect((await companies.find('company-1'))?.name).toBe('xxxxxx');
    });

    it('lists every company, more than a page of them', async () => {
      const ids = Array.from({ length: 30 }, (_, n) => `company-${n}`);
      await Promise.all(ids.map((id) => companies.insert(aCompany({ id, linkToken: `link of ${id}` }))));

      expect((await companies.all()).map((company) => company.id).sort()).toEqual([...ids].sort());
    });

    it('removes, and removing again is no error', async () => {
      await companies.insert(aCompany());

      await companies.remove('company-1');
      await companies.remove('company-1');

      expect(await companies.find('company-1')).toBeUndefined();
      expect(await companies.byLinkToken('company-link-1')).toBeUndefined();
    });
  });
}
