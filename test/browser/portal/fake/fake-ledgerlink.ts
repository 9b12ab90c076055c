import { randomUUID } from 'node:crypto';
import type { Role } from '../../../../src/app/keys/role.ts';
import type { ControlTotal } from '../../../../src/domain/control-total.ts';
import type { Reason } from '../../../../src/domain/health.ts';
import type { TypeSetting } from '../../../../src/domain/sync-settings.ts';
import type { DeliveryReply, WebhookReply } from '../../../../src/http/wire/webhook-reply.ts';
import { readScopes } from './offered-scopes.ts';

/** What the fake server answers: a status and, mostly, a body. */
export type Reply = { status: number; body?: unknown };

export type FakeConnection = {
  id: string;
  status: 'PendingAuth' | 'Linked' | 'Deauthorized' | 'Unlinked';
  businessName?: string;
  /** Why it is as it is, where the status does not say it. */
  reason?: Reason;
  /** Until when another business may be linked. */
  businessChange?: string;
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
export type FakeSetting = TypeSetting & { dataType: string };
type FakeDelivery = (typeof DeliveryReply)['_output'];
type FakeWebhook = (typeof WebhookReply)['_output'] & { deliveries: FakeDelivery[] };

/** What the fake server holds, for tests to set and to look at; `fake-server.ts` answers from it. */
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
  /** A replay of more than that is taken in parts. */
  replayUpTo = Number.POSITIVE_INFINITY;
  controls: ControlTotal[] = [];
  /** Companies whose consents hang on keys before the present ones. */
  onOlderKeys: FakeCompany[] = [];
  /** Companies whose consents are held. */
  held: FakeCompany[] = [];
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
}
