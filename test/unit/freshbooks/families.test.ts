import { describe, expect, it } from '@jest/globals';
import { catalog, type ResourceName } from '../../../src/freshbooks/catalog.ts';
import { addressOf, anyRowsIn, listIn, singleIn } from '../../../src/freshbooks/families.ts';
import { toRawRow } from '../../../src/freshbooks/raw-row.ts';

const business = {
  identityId: '1',
  accountId: 'AcC0nt',
  businessId: '7001',
  businessUuid: 'b-uuid',
  systemId: '9001',
  name: 'A business',
};

describe('a resource', () => {
  it.each<[ResourceName, string]>([
    ['clients', '/accounting/account/AcC0nt/users/clients'],
    ['systems', '/accounting/account/AcC0nt/systems/systems/9001'],
    ['ledger_accounts', '/accounting/businesses/b-uuid/ledger_accounts/accounts'],
    ['projects', '/projects/business/7001/projects'],
    ['retainers', '/comments/business/7001/retainers'],
    ['gateways', '/payments/account/AcC0nt/gateway'],
    ['payment_options', '/payments/account/AcC0nt/payment_options?entity_type=invoice'],
    ['team_members', '/auth/api/v1/businesses/7001/team_members'],
    ['business', '/auth/api/v1/users/business/7001'],
    ['users_me', '/auth/api/v1/users/me'],
  ])('%s is at %s', (name, address) => {
    expect(addressOf(catalog[name], business)).toBe(address);
  });

  it('is nowhere for a business that lacks the id in its path', () => {
    const { businessUuid: _, ...without } = business;

    expect(addressOf(catalog.ledger_accounts, without)).toBeUndefined();
  });
});

const meta = { page: 1, pages: 3, per_page: 100, total: 201 };

describe('a list reply', () => {
  it.each<[string, ResourceName, unknown, unknown]>([
    [
      'of the accounting family counts beside its rows',
      'bills',
      { response: { result: { bills: [{ id: 1 }], ...meta } } },
      { rows: [{ id: 1 }], pages: 3, total: 201, perPage: 100 },
    ],
    [
      'of other income has a singular name',
      'other_income',
      { response: { result: { other_income: [{ incomeid: 1 }], ...meta } } },
      { rows: [{ incomeid: 1 }], pages: 3, total: 201, perPage: 100 },
    ],
    [
      'of the staff may come under either name',
      'staff',
      { response: { result: { staff: [{ id: 1 }], ...meta } } },
      { rows: [{ id: 1 }], pages: 3, total: 201, perPage: 100 },
    ],
    [
      'of the projects family counts in meta',
      'projects',
      { projects: [{ id: 1 }], meta },
      { rows: [{ id: 1 }], pages: 3, total: 201, perPage: 100 },
    ],
    [
      'of the comments family without meta is all there is',
      'retainers',
      { retainers: [{ id: 1 }, { id: 2 }] },
      { rows: [{ id: 1 }, { id: 2 }], pages: 1, total: 2, perPage: undefined },
    ],
    [
      'of services may be an object by id',
      'services',
      { services: { 7: { id: 7 } } },
      { rows: [{ id: 7 }], pages: 1, total: 1, perPage: undefined },
    ],
    [
      'of the ledger is all there is',
      'ledger_accounts',
      { data: [{ uuid: 'u' }] },
      { rows: [{ uuid: 'u' }], pages: 1, total: 1, perPage: undefined },
    ],
    [
      'of the team leaves the number of pages to us',
      'team_members',
      { response: [{ uuid: 'u' }], meta: { page: 1, per_page: 100, total: 201 } },
      { rows: [{ uuid: 'u' }], pages: 3, total: 201, perPage: 100 },
    ],
    [
      'of gateways names each by its key',
      'gateways',
      { gateway_connections: [{ stripe: { id: 'a' }, fbpay: { id: 'b' } }] },
      {
        rows: [
          { gateway: 'stripe', id: 'a' },
          { gateway: 'fbpay', id: 'b' },
        ],
        pages: 1,
        total: 2,
        perPage: undefined,
      },
    ],
  ])('%s', (_, name, body, page) => {
    expect(listIn(body, catalog[name], name, 1)).toEqual(page);
  });

  it.each<[string, ResourceName, unknown]>([
    ['of another family', 'projects', { response: { result: { projects: [], ...meta } } }],
    ['without the list', 'ledger_accounts', { rows: [] }],
    ['without its counters', 'projects', { projects: [] }],
    ['that gives no page size to divide by', 'team_members', { response: [], meta: { page: 1, total: 0 } }],
    ['about another page', 'projects', { projects: [{ id: 1 }], meta: { ...meta, page: 2 } }],
    ['that is no object', 'gateways', []],
  ])('%s is no empty list but a problem', (_, name, body) => {
    expect(() => listIn(body, catalog[name], name, 1)).toThrow(/answered with something else/);
  });
});

describe('a single reply', () => {
  it('is found in the wrapping of its family', () => {
    expect(singleIn({ response: { id: 7001 } }, catalog.business, 'business')).toEqual({ id: 7001 });
    expect(singleIn({ project: { id: 1 }, abilities: [] }, catalog.projects, 'projects')).toEqual({ id: 1 });
    expect(anyRowsIn({ data: { uuid: 'u' } }, catalog.ledger_accounts)).toEqual([{ uuid: 'u' }]);
  });
});

describe('a row', () => {
  it('of the staff is kept, hashed and compared without its token', () => {
    const one = toRawRow(catalog.staff, { id: 1, fname: 'Ryen', api_token: 'canary-1' });
    const other = toRawRow(catalog.staff, { id: 1, fname: 'Ryen', api_token: 'canary-2' });

    expect(one?.raw).toEqual({ id: 1, fname: 'Ryen' });
    expect(one?.hash).toBe(other?.hash);
  });

  it.each<[ResourceName, Record<string, unknown>, boolean]>([
    ['retainers', { id: 1, active: false }, true],
    ['retainers', { id: 1, active: true }, false],
    ['projects', { id: 1, active: false }, true],
    ['team_members', { uuid: 'u', active: false }, false],
    ['bills', { id: 1, vis_state: 1 }, true],
    ['bills', { id: 1, vis_state: 2 }, false],
  ])('of %s as %j is deleted: %j', (name, raw, deleted) => {
    expect(toRawRow(catalog[name], raw)?.deleted).toBe(deleted);
  });
});
