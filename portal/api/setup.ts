import { z } from 'zod';
import type { Call } from './call.ts';

/** FreshBooks as a source, as `GET /setup/integration` tells it. */
export const Integration = z.object({
  configured: z.boolean(),
  clientId: z.string().optional(),
  appVersion: z.number().optional(),
  secretSaved: z.boolean(),
  keysSaved: z.string().optional(),
  enabled: z.boolean(),
  scopes: z.array(z.string()),
  redirectUri: z.string(),
  offered: z.object({ read: z.array(z.string()), write: z.array(z.string()) }),
  linkedConnections: z.number(),
  affectedConnections: z.number(),
  awaiting: z.array(z.object({ companyId: z.string(), companyName: z.string(), connectionId: z.string() })),
});
export type Integration = z.infer<typeof Integration>;

const OneTimeLinks = z.object({ enabled: z.boolean(), lifetimeHours: z.number() });
export type OneTimeLinks = z.infer<typeof OneTimeLinks>;

const LinkSettings = z.object({
  oneTimeLinks: OneTimeLinks,
  /** Names that a return address may hold in braces. */
  placeholders: z.array(z.string()),
});
export type LinkSettings = z.infer<typeof LinkSettings>;

/** How long past states of the books can be read, in days; null: for ever. */
const Retention = z.object({ days: z.number().nullable() });
export type Retention = z.infer<typeof Retention>;

/** The set-up operations (docs/setup-api.md). */
export function setupApi(call: Call) {
  return {
    integration: () => call({ method: 'GET', path: '/setup/integration' }, Integration),
    saveKeys: (body: { clientId: string; clientSecret: string; scopes?: readonly string[] }) =>
      call({ method: 'PUT', path: '/setup/integration/keys', body }, Integration),
    saveScopes: (scopes: readonly string[], confirm: boolean) =>
      call({ method: 'PUT', path: '/setup/integration/scopes', body: { scopes, confirm } }, Integration),
    enable: (enabled: boolean) =>
      call({ method: 'PUT', path: '/setup/integration/enabled', body: { enabled } }, Integration),
    linkSettings: () => call({ method: 'GET', path: '/setup/link-settings' }, LinkSettings),
    saveLinkSettings: (redirectUrl: string, oneTimeLinks: OneTimeLinks) =>
      call(
        { method: 'PUT', path: '/setup/link-settings', body: { redirectUrl, oneTimeLinks } },
        LinkSettings,
      ),
    retention: () => call({ method: 'GET', path: '/setup/retention' }, Retention),
    saveRetention: (body: Retention) => call({ method: 'PUT', path: '/setup/retention', body }, Retention),
  };
}
