import * as z from 'zod';
import keysEn from '../../../messages/en/key-use.json' with { type: 'json' };
import refusalsEn from '../../../messages/en/refusals.json' with { type: 'json' };
import keysFr from '../../../messages/fr-CA/key-use.json' with { type: 'json' };
import refusalsFr from '../../../messages/fr-CA/refusals.json' with { type: 'json' };
import type { LinkSettingsStore, RetentionStore } from '../../app/ports.ts';
import type { EnableIntegration } from '../../app/setup/enable-integration.ts';
import type { ShowIntegration } from '../../app/setup/integration-state.ts';
import {
  type BelieveRefusals,
  refusalAdvice,
  type ShowRefusedConsents,
} from '../../app/setup/refused-consents.ts';
import type { SaveKeys } from '../../app/setup/save-keys.ts';
import type { SaveLinkSettings } from '../../app/setup/save-link-settings.ts';
import type { SaveScopes } from '../../app/setup/save-scopes.ts';
import { keyAdvice, type ShowKeyUse } from '../../app/setup/show-key-use.ts';
import { linksWorkOften, OneTimeLinkSetting } from '../../domain/one-time-link.ts';
import { Retention } from '../../domain/retention.ts';
import { returnPlaceholders } from '../../domain/return-url.ts';
import { DateTime } from '../../domain/unified/scalars.ts';
import { type Language, languageOf } from '../link/language.ts';
import { operationsOf } from '../operation.ts';

export type SetupDeps = {
  showIntegration: ShowIntegration;
  showKeyUse: ShowKeyUse;
  showRefusedConsents: ShowRefusedConsents;
  believeRefusals: BelieveRefusals;
  saveKeys: SaveKeys;
  saveScopes: SaveScopes;
  enableIntegration: EnableIntegration;
  saveLinkSettings: SaveLinkSettings;
  linkSettings: Pick<LinkSettingsStore, 'find'>;
  retention: RetentionStore;
};

const keyAdviceIn = { en: keysEn, 'fr-CA': keysFr } as const;
const refusalAdviceIn = { en: refusalsEn, 'fr-CA': refusalsFr } as const;

const Scopes = z.array(z.string().max(100)).max(100);

const IntegrationReply = z.strictObject({
  key: z.string(),
  name: z.string(),
  configured: z.boolean(),
  clientId: z.string().optional(),
  appVersion: z.int().optional(),
  secretSaved: z.boolean(),
  keysSaved: z.string().optional(),
  enabled: z.boolean(),
  scopes: z.array(z.string()),
  redirectUri: z.url(),
  offered: z.strictObject({ read: z.array(z.string()), write: z.array(z.string()) }),
  linkedConnections: z.int(),
  affectedConnections: z.int(),
  awaiting: z.array(
    z.strictObject({ companyId: z.string(), companyName: z.string(), connectionId: z.string() }),
  ),
});

const KeyUseReply = z.strictObject({
  current: z.int().optional(),
  advice: z.strictObject({ code: z.enum(keyAdvice), sentence: z.string() }),
  versions: z.array(z.strictObject({ version: z.int(), consents: z.int(), connections: z.int() })),
  onOlderKeys: z.array(
    z.strictObject({
      companyId: z.string(),
      companyName: z.string(),
      connectionId: z.string(),
      version: z.int(),
      sameApp: z.boolean(),
      movesAfter: DateTime.optional(),
    }),
  ),
});

const RefusalsReply = z.strictObject({
  storm: z
    .strictObject({ since: DateTime, latest: DateTime, count: z.int(), renewed: DateTime.optional() })
    .optional(),
  advice: z.strictObject({ code: z.enum(refusalAdvice), sentence: z.string() }),
  held: z.array(
    z.strictObject({
      companyId: z.string(),
      companyName: z.string(),
      connectionId: z.string(),
      since: DateTime,
    }),
  ),
});

const LinkSettingsReply = z.strictObject({
  redirectUrl: z.string().optional(),
  oneTimeLinks: OneTimeLinkSetting,
  placeholders: z.array(z.string()),
});

const RetentionReply = z.strictObject({ days: z.int().nullable() });

const operation = operationsOf<SetupDeps>();

/** What the portal calls to set FreshBooks up (docs/setup-api.md). */
export const setupOperations = [
  operation({
    method: 'GET',
    path: '/setup/integration',
    name: 'getIntegrationSetup',
    summary: 'How the FreshBooks integration is set up',
    role: 'admin',
    success: 200,
    reply: IntegrationReply,
    run: ({ deps }) => deps.showIntegration(),
  }),
  operation({
    method: 'PUT',
    path: '/setup/integration/keys',
    name: 'saveIntegrationKeys',
    summary: 'Save the keys of the FreshBooks app',
    role: 'admin',
    body: z.strictObject({ clientId: z.string(), clientSecret: z.string(), scopes: Scopes.optional() }),
    refusals: [409],
    success: 200,
    reply: IntegrationReply,
    run: async ({ deps, body }) => {
      await deps.saveKeys(body);
      return deps.showIntegration();
    },
  }),
  operation({
    method: 'GET',
    path: '/setup/integration/keys',
    name: 'getIntegrationKeyUse',
    summary: 'Which consents still hang on older keys of the FreshBooks app',
    role: 'admin',
    success: 200,
    reply: KeyUseReply,
    run: async ({ deps, request }) => {
      const { advice, ...use } = await deps.showKeyUse();
      return {
        ...use,
        advice: { code: advice, sentence: keyAdviceIn[languageOf(request)][`advice.${advice}`] },
      };
    },
  }),
  operation({
    method: 'GET',
    path: '/setup/integration/refusals',
    name: 'getRefusedConsents',
    summary: 'Whether consents are held because FreshBooks refused many at once',
    role: 'admin',
    success: 200,
    reply: RefusalsReply,
    run: ({ deps, request }) => refusedConsents(deps, languageOf(request)),
  }),
  operation({
    method: 'PUT',
    path: '/setup/integration/refusals',
    name: 'believeRefusals',
    summary: 'Say that FreshBooks is right to refuse the consents that are held',
    role: 'admin',
    body: z.strictObject({ believed: z.literal(true) }),
    refusals: [409],
    success: 200,
    reply: RefusalsReply,
    run: async ({ deps, request }) => {
      await deps.believeRefusals();
      return refusedConsents(deps, languageOf(request));
    },
  }),
  operation({
    method: 'PUT',
    path: '/setup/integration/scopes',
    name: 'saveIntegrationScopes',
    summary: 'Choose the scopes that customers are asked for',
    role: 'admin',
    body: z.strictObject({ scopes: Scopes, confirm: z.boolean().default(false) }),
    refusals: [409],
    success: 200,
    reply: IntegrationReply,
    run: async ({ deps, body }) => {
      await deps.saveScopes(body);
      return deps.showIntegration();
    },
  }),
  operation({
    method: 'PUT',
    path: '/setup/integration/enabled',
    name: 'enableIntegration',
    summary: 'Open or close FreshBooks to customers who link',
    role: 'admin',
    body: z.strictObject({ enabled: z.boolean() }),
    refusals: [409],
    success: 200,
    reply: IntegrationReply,
    run: async ({ deps, body }) => {
      await deps.enableIntegration(body.enabled);
      return deps.showIntegration();
    },
  }),
  operation({
    method: 'GET',
    path: '/setup/link-settings',
    name: 'getLinkSettings',
    summary: 'How customers link, and where their browsers go after it',
    role: 'admin',
    success: 200,
    reply: LinkSettingsReply,
    run: ({ deps }) => linkSettings(deps),
  }),
  operation({
    method: 'PUT',
    path: '/setup/link-settings',
    name: 'saveLinkSettings',
    summary: 'Choose how customers link, and where their browsers go after it',
    role: 'admin',
    body: z.strictObject({
      redirectUrl: z.string().optional(),
      oneTimeLinks: OneTimeLinkSetting.optional(),
    }),
    success: 200,
    reply: LinkSettingsReply,
    run: async ({ deps, body }) => {
      await deps.saveLinkSettings(body);
      return linkSettings(deps);
    },
  }),
  operation({
    method: 'GET',
    path: '/setup/retention',
    name: 'getRetention',
    summary: 'How long past states of the books can be read',
    role: 'admin',
    success: 200,
    reply: RetentionReply,
    run: ({ deps }) => deps.retention.find(),
  }),
  operation({
    method: 'PUT',
    path: '/setup/retention',
    name: 'saveRetention',
    summary: 'Choose how long past states of the books can be read',
    role: 'admin',
    body: Retention.strict(),
    success: 200,
    reply: RetentionReply,
    run: async ({ deps, body }) => {
      await deps.retention.save(body);
      return deps.retention.find();
    },
  }),
];

async function refusedConsents(deps: SetupDeps, language: Language) {
  const { advice, ...rest } = await deps.showRefusedConsents();
  return { ...rest, advice: { code: advice, sentence: refusalAdviceIn[language][`advice.${advice}`] } };
}

async function linkSettings(deps: SetupDeps): Promise<z.infer<typeof LinkSettingsReply>> {
  const { redirectUrl, oneTimeLinks = linksWorkOften } = await deps.linkSettings.find();
  const where = redirectUrl === undefined ? {} : { redirectUrl };
  return { ...where, oneTimeLinks, placeholders: [...returnPlaceholders] };
}
