import type { Company } from '../../src/domain/company.ts';
import type { Business, Connection } from '../../src/domain/connection.ts';

/** The moment at which the world of the tests begins. */
export const start = '2026-03-02T15:00:00.000Z';

export function aCompany(with_: Partial<Company> = {}): Company {
  return {
    id: 'company-1',
    name: 'Busy Agency',
    tags: {},
    created: start,
    linkToken: 'company-link-1',
    ...with_,
  };
}

export function aBusiness(with_: Partial<Business> = {}): Business {
  return { identityId: '900', accountId: 'xQ8z', businessId: '4200', name: 'Busy Agency', ...with_ };
}

/** A connection that waits for its customer. */
export function aConnection(with_: Partial<Connection> = {}): Connection {
  return {
    id: 'connection-1',
    companyId: 'company-1',
    created: start,
    state: 'PendingAuth',
    stateSince: start,
    linkToken: 'link-1',
    epoch: 0,
    slot: 7,
    wanted: {},
    serving: {},
    datasets: {},
    resources: {},
    runs: [],
    history: [],
    errors: [],
    ...with_,
  };
}

/** A connection that reads a business under a grant. */
export function aLinkedConnection(with_: Partial<Connection> = {}): Connection {
  return aConnection({ state: 'Linked', business: aBusiness(), grantId: 'grant-1', ...with_ });
}
