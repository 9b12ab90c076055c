import { isRow, type Json, type Row, textOf } from '../json.ts';
import type { Store } from '../store.ts';
import { everyScope, withProfile } from './scopes.ts';

/** An app as its owner registered it in the developer portal. */
export type App = {
  clientId: string;
  clientSecret: string;
  name: string;
  redirectUris: readonly string[];
  scopes: readonly string[];
};

/** The two apps there are from the start. */
export const integrationId = 'b4f1c09e7a2d58e36c0b91f4d7a85e2c13f6a0d9e8b7c4512a3f6e9d0c8b7a45';
export const viewerId = '2e9d7c1b5a30f8e64d2c9b7a1f0e3d5c8b6a4f2e1d0c9b8a7f6e5d4c3b2a1908';

const initial: readonly App[] = [
  {
    clientId: integrationId,
    clientSecret: '7d3a9f5c1e8b2604d6f0a7c3e9b15d82f4a6c0e3b7d9185f2c4e6a8b0d1f3579',
    name: 'Ledgerlink integration',
    redirectUris: [],
    scopes: everyScope,
  },
  {
    clientId: viewerId,
    clientSecret: 'c6e0a4f8b2d7193e5a9c1f3b7d0e4682a8c4f6e2b0d9175c3e7a1f5b9d3c8046',
    name: 'Books viewer',
    redirectUris: ['https://localhost/viewer'],
    scopes: everyScope,
  },
];

const texts = (value: Json | undefined): readonly string[] => (Array.isArray(value) ? value.map(String) : []);

const appOf = (row: Row): App => ({
  clientId: textOf(row, 'clientId'),
  clientSecret: textOf(row, 'clientSecret'),
  name: textOf(row, 'name'),
  redirectUris: texts(row['redirectUris']),
  scopes: texts(row['scopes']),
});

const loopback = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** §1.3: https, or http on loopback; no query. Says what is wrong, or nothing. */
const redirectUriFault = (uri: string): string | undefined => {
  if (!URL.canParse(uri)) return `'${uri}' is not a URL`;
  const { protocol, hostname, search, hash } = new URL(uri);
  if (protocol !== 'https:' && !(protocol === 'http:' && loopback.has(hostname)))
    return `'${uri}' must be https`;
  return search || hash ? `'${uri}' must have no query or fragment` : undefined;
};

export type Apps = {
  get(clientId: string): App | undefined;
  all(): readonly App[];
  /** Changes an app; returns what is wrong with the change, or undefined. */
  change(clientId: string, wish: unknown): string | undefined;
};

const wished = (app: App, wish: Row): App => ({
  ...app,
  ...(wish['clientSecret'] === undefined ? {} : { clientSecret: textOf(wish, 'clientSecret') }),
  ...(wish['redirectUris'] === undefined ? {} : { redirectUris: texts(wish['redirectUris']) }),
  ...(wish['scopes'] === undefined ? {} : { scopes: withProfile(texts(wish['scopes'])) }),
});

const faultOf = (app: App): string | undefined => {
  const unknown = app.scopes.find((scope) => !everyScope.includes(scope));
  if (unknown) return `there is no scope '${unknown}'`;
  return app.redirectUris.map(redirectUriFault).find((fault) => fault !== undefined);
};

/** The registered apps; the two initial ones are written on first use of a store. */
export const makeApps = (store: Store): Apps => {
  const kept = store.documents('apps');
  store.transaction(() => {
    for (const app of initial) if (!kept.get(app.clientId)) kept.put(app.clientId, app);
  });
  const get = (clientId: string): App | undefined => {
    const row = kept.get(clientId);
    return row && appOf(row);
  };
  return {
    get,
    all: () => kept.entries().map(([, row]) => appOf(row)),
    change: (clientId, wish) => {
      const app = get(clientId);
      if (!app) return `there is no app '${clientId}'`;
      if (!isRow(wish)) return 'expecting an object';
      const changed = wished(app, wish);
      const fault = faultOf(changed);
      if (!fault) kept.put(clientId, changed);
      return fault;
    },
  };
};
