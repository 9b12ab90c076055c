import { randomUUID } from 'node:crypto';
import enKeyUse from '../../../../messages/en/key-use.json' with { type: 'json' };
import enRefusals from '../../../../messages/en/refusals.json' with { type: 'json' };
import frKeyUse from '../../../../messages/fr-CA/key-use.json' with { type: 'json' };
import frRefusals from '../../../../messages/fr-CA/refusals.json' with { type: 'json' };
import { returnPlaceholders } from '../../../../src/domain/return-url.ts';
import { type Answers, done, made, ok, refuse, spoken } from './answers.ts';
import type { FakeCompany, FakeLedgerlink } from './fake-ledgerlink.ts';
import { readScopes, writeScopes } from './offered-scopes.ts';

/** The integration, its settings, and the keys of the API. */
export const setUpAnswers: Answers = {
  getIntegrationSetup: (server) => ok(integration(server)),
  saveIntegrationKeys: (server, { body }) => {
    const version = (server.keys?.version ?? 0) + 1;
    const { clientId, clientSecret } = body;
    server.keys = {
      clientId: String(clientId),
      clientSecret: String(clientSecret),
      version,
      saved: '2026-03-01T09:30:00.000Z',
    };
    return chosen(server, body['scopes']);
  },
  saveIntegrationScopes: (server, { body }) =>
    linked(server) > 0 && body['confirm'] !== true
      ? refuse(409, 'Linked companies would have to authorise again.')
      : chosen(server, body['scopes']),
  enableIntegration: (server, { body }) => {
    server.enabled = body['enabled'] === true;
    return ok(integration(server));
  },
  getIntegrationKeyUse: ({ keys, onOlderKeys }, { language }) => {
    const code = onOlderKeys.length > 0 ? 'wait' : 'no-older-keys';
    const older = { version: 1, consents: onOlderKeys.length, connections: onOlderKeys.length };
    return ok({
      current: keys?.version,
      advice: { code, sentence: keyUse[spoken(language)][`advice.${code}`] },
      versions: [
        { version: keys?.version ?? 1, consents: 1, connections: 1 },
        ...(older.consents ? [older] : []),
      ],
      onOlderKeys: onOlderKeys.map((company) => ({
        ...named(company),
        version: 1,
        sameApp: true,
        movesAfter: '2026-03-03T15:30:00.000Z',
      })),
    });
  },
  getRefusedConsents: (server, { language }) => ok(refused(server, language)),
  believeRefusals: (server, { language }) => {
    server.held = [];
    return ok(refused(server, language));
  },
  getLinkSettings: ({ oneTimeLinks }) => ok({ oneTimeLinks, placeholders: returnPlaceholders }),
  saveLinkSettings: (server, { body }) => {
    server.oneTimeLinks = body['oneTimeLinks'];
    return ok({ oneTimeLinks: server.oneTimeLinks, placeholders: returnPlaceholders });
  },
  getRetention: ({ retention }) => ok({ days: retention }),
  saveRetention: (server, { body: { days } }) => {
    server.retention = typeof days === 'number' ? days : null;
    return ok({ days: server.retention });
  },
  getProfile: ({ profile }) => ok(profile),
  updateProfile: (server, { body }) => {
    const address = String(body['redirectUrl']);
    if (address !== '' && !address.startsWith('https://')) {
      return refuse(400, 'redirectUrl has to be an https address.');
    }
    server.profile = body;
    return ok(body);
  },
  listApiKeys: ({ apiKeys }) => ok({ results: apiKeys }),
  createApiKey: (server, { body }) => {
    const { name, role, expiresInDays } = body;
    server.addKey(String(name), {
      id: randomUUID(),
      role: role === 'read' || role === 'admin' ? role : 'operate',
      ...(expiresInDays === undefined ? {} : { expiresDate: inDays(Number(expiresInDays)) }),
    });
    const key = server.apiKeys.at(-1);
    return made({ ...key, apiKey: `ll_${key?.id}_shown-once` });
  },
  deleteApiKey: (server, { params }) => {
    server.apiKeys = server.apiKeys.filter(({ id }) => id !== params['apiKeyId']);
    return done;
  },
  getRateLimit: ({ requestsPerMinute }) => ok({ requestsPerMinute }),
  saveRateLimit: (server, { body }) => {
    server.requestsPerMinute = Number(body['requestsPerMinute']);
    return ok(body);
  },
};

const keyUse = { en: enKeyUse, 'fr-CA': frKeyUse };
const refusals = { en: enRefusals, 'fr-CA': frRefusals };

function refused({ held }: FakeLedgerlink, language: string) {
  const at = '2026-03-03T08:00:00.000Z';
  const code = held.length > 0 ? 'check-app' : 'none';
  return {
    ...(held.length > 0 ? { storm: { since: at, latest: at, count: held.length } } : {}),
    advice: { code, sentence: refusals[spoken(language)][`advice.${code}`] },
    held: held.map((company) => ({ ...named(company), since: at })),
  };
}

function named({ id, name, connections }: FakeCompany) {
  return { companyId: id, companyName: name, connectionId: connections[0]?.id ?? id };
}

function inDays(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString();
}

function chosen(server: FakeLedgerlink, scopes: unknown) {
  if (Array.isArray(scopes)) server.scopes = scopes.map(String);
  return ok(integration(server));
}

function linked({ companies }: FakeLedgerlink): number {
  return companies.flatMap(({ connections }) => connections).filter(({ status }) => status === 'Linked')
    .length;
}

function integration(server: FakeLedgerlink) {
  const { keys, enabled, scopes, awaiting } = server;
  return {
    key: 'vxvy',
    name: 'FreshBooks',
    configured: keys !== undefined,
    clientId: keys?.clientId,
    appVersion: keys?.version,
    secretSaved: keys !== undefined,
    keysSaved: keys?.saved,
    enabled,
    scopes,
    redirectUri: 'https://ledger.example/oauth/callback',
    offered: { read: readScopes, write: writeScopes },
    linkedConnections: linked(server),
    affectedConnections: awaiting.length,
    awaiting: awaiting.map(named),
  };
}
