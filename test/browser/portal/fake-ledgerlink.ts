import { randomUUID } from 'node:crypto';

/** What the fake server answers: a status and, mostly, a body. */
export type Reply = { status: number; body?: unknown };

const read = [
  'profile',
  'business',
  'clients',
  'invoices',
  'payments',
  'online_payments',
  'credit_notes',
  'estimates',
  'expenses',
  'bills',
  'bill_payments',
  'bill_vendors',
  'billable_items',
  'taxes',
  'other_income',
  'journal_entries',
  'projects',
  'retainers',
  'teams',
  'reports',
].map((name) => `user:${name}:read`);
const write = read
  .filter((scope) => !/profile|reports/.test(scope))
  .map((scope) => scope.replace(/read$/, 'write'));

export type FakeConnection = {
  id: string;
  status: 'PendingAuth' | 'Linked' | 'Deauthorized' | 'Unlinked';
  businessName?: string;
};
export type FakeCompany = { id: string; name: string; created: string; connections: FakeConnection[] };

/**
 * The set-up and the public API as docs/setup-api.md and the official clients know them, in memory: enough of both for
 * the portal's pages, with the server's own refusals.
 */
export class FakeLedgerlink {
  companies: FakeCompany[] = [];
  apiKeys: { id: string; name: string; createdDate: string; expiresDate?: string }[] = [];
  keys: { clientId: string; clientSecret: string; version: number; saved: string } | undefined;
  enabled = false;
  scopes: string[] = [...read];
  awaiting: FakeCompany[] = [];
  redirectUrl: string | undefined;
  /** What the next calls to a path answer instead: a fault to see the page with. */
  faults = new Map<string, Reply>();
  /** Statuses of the data types of the linked companies. */
  statuses: Record<string, string> = { company: 'Complete', customers: 'Complete', invoices: 'Complete' };
  refreshed: string[] = [];
  /** What was called, `PUT /setup/integration/keys`, oldest first, and the language each call asked for. */
  calls: string[] = [];
  languages: string[] = [];
  /** How many of the next calls are refused as if their token were not taken any more. */
  refuseTokens = 0;
  oneTimeLinks: unknown = { enabled: false, lifetimeHours: 24 };
  readonly origin: string;

  constructor(origin: string) {
    this.origin = origin;
  }

  addCompany(name: string, ...connections: FakeConnection[]): FakeCompany {
    const company = { id: randomUUID(), name, created: '2026-03-01T14:05:00.000Z', connections };
    this.companies.unshift(company);
    return company;
  }

  setUp(): void {
    this.keys = { clientId: 'app-1', clientSecret: 'kept', version: 1, saved: '2026-03-01T09:30:00.000Z' };
    this.enabled = true;
  }

  answer(method: string, url: URL, body: Record<string, unknown>): Reply {
    this.calls.push(`${method} ${url.pathname}`);
    if (this.refuseTokens > 0) {
      this.refuseTokens -= 1;
      return refuse(401, 'Sign in again.');
    }
    const fault = this.faults.get(`${method} ${url.pathname}`);
    if (fault) return fault;
    const [area, ...rest] = url.pathname.split('/').filter((part) => part !== '');
    if (area === 'setup') return this.#setup(method, rest.join('/'), body);
    if (area === 'apiKeys') return this.#apiKeys(method, rest[0], body);
    if (area === 'companies') return this.#companies(method, rest, url.searchParams, body);
    return refuse(404, 'There is nothing at this address.');
  }

  #setup(method: string, path: string, body: Record<string, unknown>): Reply {
    if (path === 'link-settings') {
      if (method === 'PUT') {
        const next = body['redirectUrl'];
        if (typeof next === 'string' && !next.startsWith('https://')) {
          return refuse(400, 'redirectUrl has to be an https address.');
        }
        this.redirectUrl = typeof next === 'string' ? next : undefined;
        this.oneTimeLinks = body['oneTimeLinks'];
      }
      return {
        status: 200,
        body: {
          redirectUrl: this.redirectUrl,
          oneTimeLinks: this.oneTimeLinks,
          placeholders: ['companyId', 'statusCode'],
        },
      };
    }
    if (method === 'GET') return { status: 200, body: this.#integration() };
    return this.#changeIntegration(path, body);
  }

  #changeIntegration(path: string, body: Record<string, unknown>): Reply {
    if (path === 'integration/keys') {
      const { clientId, clientSecret } = body;
      if (typeof clientId !== 'string' || typeof clientSecret !== 'string')
        return refuse(400, 'Keys are text.');
      const version = (this.keys?.version ?? 0) + 1;
      this.keys = { clientId, clientSecret, version, saved: '2026-03-01T09:30:00.000Z' };
    }
    if (path === 'integration/enabled') this.enabled = body['enabled'] === true;
    if (path === 'integration/scopes' && this.#linked() > 0 && body['confirm'] !== true) {
      return refuse(409, 'Linked companies would have to authorise again.');
    }
    if (Array.isArray(body['scopes'])) this.scopes = body['scopes'].map(String);
    return { status: 200, body: this.#integration() };
  }

  #linked(): number {
    return this.companies
      .flatMap(({ connections }) => connections)
      .filter(({ status }) => status === 'Linked').length;
  }

  #integration() {
    return {
      key: 'vxvy',
      name: 'FreshBooks',
      configured: this.keys !== undefined,
      clientId: this.keys?.clientId,
      appVersion: this.keys?.version,
      secretSaved: this.keys !== undefined,
      keysSaved: this.keys?.saved,
      enabled: this.enabled,
      scopes: this.scopes,
      redirectUri: 'https://ledger.example/oauth/callback',
      offered: { read, write },
      linkedConnections: this.#linked(),
      affectedConnections: this.awaiting.length,
      awaiting: this.awaiting.map(({ id, name, connections }) => ({
        companyId: id,
        companyName: name,
        connectionId: connections[0]?.id ?? id,
      })),
    };
  }

  #apiKeys(method: string, id: string | undefined, body: Record<string, unknown>): Reply {
    if (method === 'GET') return { status: 200, body: { results: this.apiKeys } };
    if (method === 'DELETE') {
      this.apiKeys = this.apiKeys.filter((key) => key.id !== id);
      return { status: 204 };
    }
    const key = { id: randomUUID(), name: String(body['name']), createdDate: '2026-03-02T10:00:00.000Z' };
    this.apiKeys = [...this.apiKeys, key];
    return { status: 201, body: { ...key, apiKey: `ll_${key.id}_shown-once` } };
  }

  #companies(
    method: string,
    [id, area, part]: string[],
    query: URLSearchParams,
    body: Record<string, unknown>,
  ): Reply {
    if (id === undefined && method === 'POST') {
      return { status: 200, body: this.#company(this.addCompany(String(body['name']))) };
    }
    if (id === undefined) return this.#list(query);
    const company = this.companies.find((one) => one.id === id);
    if (!company) return refuse(404, `There is no company with the id ${id}.`);
    if (area === 'connections' && method === 'PATCH') {
      for (const connection of company.connections)
        if (connection.id === part) connection.status = 'Unlinked';
      return { status: 200, body: this.#company(company).dataConnections[0] };
    }
    if (area === 'dataStatus') return { status: 200, body: this.#dataStatus() };
    if (area === 'data' && part === 'history')
      return { status: 200, body: page(this.#history(company), query) };
    if (area === 'data' && part === 'all') {
      this.refreshed.push(id);
      return { status: 204 };
    }
    if (method === 'DELETE') {
      this.companies = this.companies.filter((one) => one !== company);
      return { status: 204 };
    }
    return { status: 200, body: this.#company(company) };
  }

  #list(query: URLSearchParams): Reply {
    const words = query.get('query')?.split('||')[0]?.replace('name~', '').toLowerCase() ?? '';
    const found = this.companies.filter(({ name }) => name.toLowerCase().includes(words));
    return {
      status: 200,
      body: page(
        found.map((company) => this.#company(company)),
        query,
      ),
    };
  }

  #company({ id, name, created, connections }: FakeCompany) {
    const linked = connections.some(({ status }) => status === 'Linked');
    return {
      id,
      name,
      platform: '',
      redirect: `${this.origin}/link/company/token-of-${id.slice(0, 8)}`,
      created,
      ...(linked ? { lastSync: '2026-03-03T08:15:00.000Z' } : {}),
      dataConnections: connections.map((connection) => ({
        id: connection.id,
        integrationId: 'i',
        sourceId: 's',
        sourceType: 'Accounting',
        platformName: 'FreshBooks',
        linkUrl: `${this.origin}/link/token-of-${connection.id.slice(0, 8)}`,
        status: connection.status,
        created,
        ...(connection.status === 'Linked' ? { lastSync: '2026-03-03T08:15:00.000Z' } : {}),
        dataConnectionErrors: [],
        ...(connection.businessName === undefined
          ? {}
          : { connectionInfo: { businessName: connection.businessName, accountId: 'xZNQ1X' } }),
      })),
    };
  }

  #dataStatus() {
    return Object.fromEntries(
      Object.entries(this.statuses).map(([dataType, currentStatus]) => [
        dataType,
        {
          dataType,
          currentStatus,
          ...(currentStatus === 'Complete' ? { lastSuccessfulSync: '2026-03-03T08:15:00.000Z' } : {}),
        },
      ]),
    );
  }

  #history(company: FakeCompany) {
    return Object.entries(this.statuses).map(([dataType, status], index) => ({
      id: `pull-${index}`,
      companyId: company.id,
      connectionId: company.connections[0]?.id ?? 'none',
      dataType,
      status,
      ...(status === 'PermissionsError'
        ? { errorMessage: 'The customer’s role in FreshBooks may not read this.' }
        : {}),
      requested: '2026-03-03T08:14:56.000Z',
      completed: '2026-03-03T08:15:00.000Z',
      progress: 100,
      isCompleted: status === 'Complete',
      isErrored: status.endsWith('Error'),
    }));
  }
}

function page(rows: unknown[], query: URLSearchParams) {
  const pageNumber = Number(query.get('page') ?? 1);
  const pageSize = Number(query.get('pageSize') ?? 100);
  const from = (pageNumber - 1) * pageSize;
  return {
    results: rows.slice(from, from + pageSize),
    pageNumber,
    pageSize,
    totalResults: rows.length,
    _links: {},
  };
}

function refuse(statusCode: number, error: string): Reply {
  const body = { statusCode, service: 'PlatformApi', error, correlationId: 'c0ffee-42', validation: null };
  return { status: statusCode, body };
}
