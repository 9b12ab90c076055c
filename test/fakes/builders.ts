import type { Company } from '../../src/domain/company.ts';
import type { Business, Connection } from '../../src/domain/connection.ts';
import type { Proof } from '../../src/domain/dataset.ts';
import type { Webhook } from '../../src/domain/webhook.ts';

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

/** The certificate of a read that found 250 rows, two of them deleted. */
export function aProof(with_: Partial<Proof> = {}): Proof {
  return {
    at: start,
    complete: true,
    pages: 3,
    rowsRead: 250,
    sourceTotal: 250,
    hiddenRows: 0,
    held: 248,
    deleted: 2,
    digest: 'ab'.repeat(32),
    warnings: [],
    ...with_,
  };
}

/** An endpoint that wants everything and has been sent nothing. */
export function aWebhook(with_: Partial<Webhook> = {}): Webhook {
  return {
    id: 'webhook-1',
    url: 'https://hooks.example.com/',
    created: start,
    eventTypes: [],
    companyTags: [],
    secrets: [{ id: 'secret-1', sealed: { key: 'k', iv: 'i', tag: 't', text: 's' } }],
    cursor: 0,
    failures: 0,
    ...with_,
  };
}
