import { randomUUID } from 'node:crypto';
import type { Role } from '../../../../src/app/keys/role.ts';
import type { ControlTotal } from '../../../../src/domain/control-total.ts';
import type { Reason } from '../../../../src/domain/health.ts';
import { publicApi } from '../../../../src/http/public-api.ts';
import { makeRouter } from '../../../../src/http/router.ts';
import { setupOperations } from '../../../../src/http/setup/setup-operations.ts';
import type { DeliveryReply, WebhookReply } from '../../../../src/http/wire/webhook-reply.ts';
import { type Answers, type Reply, refuse } from './answers.ts';
import { companyAnswers } from './company-answers.ts';
import { healthAnswers } from './health-answers.ts';
import { readScopes, setUpAnswers } from './set-up-answers.ts';
import { syncAnswers } from './sync-answers.ts';
import { webhookAnswers } from './webhook-answers.ts';

export type FakeConnection = {
  id: string;
  status: 'PendingAuth' | 'Linked' | 'Deauthorized' | 'Unlinked';
  businessName?: string;
  /** Why it is as it is, where the status does not say it. */
  reason?: Reason;
};
export type FakeCompany = { id: string; name: string; created: string; connections: FakeConnection[] };
export type FakeKey = {
  id: string;
  name: string;
  prefix: string;
  role: Role;
  createdDate: string;
  expiresDate?: string;
  lastUsedDate?: string;
};
export type FakeSetting = {
  dataType: string;
  fetchOnFirstLink: boolean;
  syncSchedule: number;
  syncOrder: number;
  isLocked: boolean;
} & Partial<Record<'syncFromUtc' | 'timeOfDay' | 'timeZone', string>> &
  Partial<Record<'syncFromWindow' | 'monthsToSync', number>>;
type FakeDelivery = (typeof DeliveryReply)['_output'];
type FakeWebhook = (typeof WebhookReply)['_output'] & { deliveries: FakeDelivery[] };

const answers: Answers = {
  ...setUpAnswers,
  ...companyAnswers,
  ...healthAnswers,
  ...syncAnswers,
  ...webhookAnswers,
};

/**
 * The set-up and the public API in memory: enough of both for the portal's pages, with the server's own refusals. What
 * the portal sends and what this answers is held against the server's own schemas, so that neither drifts from it.
 */
export class FakeLedgerlink {
  companies: FakeCompany[] = [];
  apiKeys: FakeKey[] = [];
  requestsPerMinute = 6000;
  keys: { clientId: string; clientSecret: string; version: number; saved: string } | undefined;
  enabled = false;
  scopes: string[] = [...readScopes];
  awaiting: FakeCompany[] = [];
  profile: Record<string, unknown> = { name: 'Ledgerlink', redirectUrl: '', whiteListUrls: [] };
  oneTimeLinks: unknown = { enabled: false, lifetimeHours: 24 };
  retention: number | null = 400;
  settings = new Map<string, FakeSetting>();
  /** By company. */
  ownSettings = new Map<string, Map<string, FakeSetting>>();
  webhooks: FakeWebhook[] = [];
  /** What was asked to be sent again, and the test events. */
  replays: unknown[] = [];
  tests: string[] = [];
  controls: ControlTotal[] = [];
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
  readonly origin: string;

  constructor(origin: string) {
    this.origin = origin;
  }

  addCompany(name: string, ...connections: FakeConnection[]): FakeCompany {
    const company = { id: randomUUID(), name, created: '2026-03-01T14:05:00.000Z', connections };
    this.companies.unshift(company);
    return company;
  }

  addKey(name: string, key: Partial<FakeKey> = {}): void {
    const id = key.id ?? randomUUID();
    const createdDate = '2026-03-02T10:00:00.000Z';
    this.apiKeys = [
      ...this.apiKeys,
      { id, name, prefix: `ll_${id.slice(0, 4)}`, role: 'operate', createdDate, ...key },
    ];
  }

  setUp(): void {
    this.keys = { clientId: 'app-1', clientSecret: 'kept', version: 1, saved: '2026-03-01T09:30:00.000Z' };
    this.enabled = true;
  }

  /** What the server would answer. Throws where the portal sends what it would not take, or this what it never would. */
  answer(method: string, url: URL, body: unknown, language: string): Reply {
    this.calls.push(`${method} ${url.pathname}`);
    this.languages.push(language);
    if (this.refuseTokens > 0) {
      this.refuseTokens -= 1;
      return refuse(401, 'Sign in again.');
    }
    const fault = this.faults.get(`${method} ${url.pathname}`);
    if (fault) return fault;
    const { operation, params } = find(method, url.pathname);
    const query = Object.fromEntries(url.searchParams);
    operation.query?.parse(query);
    operation.body?.parse(body);
    const answer = answers[operation.name];
    if (!answer) throw new Error(`the fake has no answer for ${operation.name}`);
    const asked = { params, query, body: record(body), language };
    const reply = answer(this, asked);
    if (reply.status >= 300) return reply;
    if (reply.status !== operation.success)
      throw new Error(`${operation.name} never answers ${reply.status}`);
    operation.reply?.parse(reply.body);
    return reply;
  }
}

const ofPublic = makeRouter(publicApi.flat());
const ofSetup = makeRouter(setupOperations);

function find(method: string, path: string) {
  return path.startsWith('/setup/') ? ofSetup(method, path) : ofPublic(method, path);
}

function record(body: unknown): Record<string, unknown> {
  return typeof body === 'object' && body !== null ? { ...body } : {};
}
