import * as z from 'zod';
import type { ApiDeps } from './api-deps.ts';
import { apiOperation } from './api-operation.ts';
import { compact } from './compact.ts';

const ProfileReply = z.strictObject({
  name: z.string(),
  /** Where customers' browsers go when they are done; empty: to a page of ours. */
  redirectUrl: z.string(),
  logoUrl: z.string().optional(),
  iconUrl: z.string().optional(),
  /** Origins that a redirectUrl with a placeholder in its host may lead to. */
  whiteListUrls: z.array(z.string()),
});

const picture = z
  .string()
  .max(2000)
  .refine((text) => URL.parse(text)?.protocol === 'https:', {
    error: 'is not an address that begins with https://.',
  })
  .meta({ example: 'https://app.example.com/logo.svg' })
  .nullish()
  .transform((url) => url ?? undefined);

const ProfileBody = z.strictObject({
  name: z.string().trim().min(1).max(250),
  redirectUrl: z.string(),
  logoUrl: picture,
  iconUrl: picture,
  whiteListUrls: z
    .array(z.string().max(2000).meta({ example: 'https://app.example.com' }))
    .max(100)
    .nullish()
    .transform((urls) => urls ?? []),
});

const mostPerMinute = 1_000_000;

const RateLimitBody = z.strictObject({
  /** Requests that one API key may make in a minute; 0: as many as the gateway lets through. */
  requestsPerMinute: z.number().int().min(0).max(mostPerMinute),
});

const CorsSettings = z.strictObject({
  allowedOrigins: z.array(z.string().max(2000).meta({ example: 'https://app.example.com' })).max(100),
});

export const profileOperations = [
  apiOperation({
    method: 'GET',
    path: '/corsSettings',
    name: 'getCorsSettings',
    summary: 'Shows whose pages may call from a browser with the access token of a company.',
    role: 'read',
    success: 200,
    reply: CorsSettings,
    run: async ({ deps }) => ({ allowedOrigins: (await deps.findLinkSettings()).pageOrigins ?? [] }),
  }),
  apiOperation({
    method: 'POST',
    path: '/corsSettings',
    name: 'saveCorsSettings',
    summary: 'Chooses whose pages may call from a browser with the access token of a company.',
    role: 'admin',
    body: CorsSettings,
    success: 200,
    reply: CorsSettings,
    run: async ({ deps, body }) => {
      await deps.savePageOrigins(body.allowedOrigins);
      return { allowedOrigins: (await deps.findLinkSettings()).pageOrigins ?? [] };
    },
  }),
  apiOperation({
    method: 'GET',
    path: '/profile/rateLimit',
    name: 'getRateLimit',
    summary: 'Shows how many requests an API key may make in a minute.',
    role: 'read',
    success: 200,
    reply: RateLimitBody,
    run: ({ deps }) => deps.findRateLimit(),
  }),
  apiOperation({
    method: 'PUT',
    path: '/profile/rateLimit',
    name: 'saveRateLimit',
    summary: 'Chooses how many requests an API key may make in a minute.',
    role: 'admin',
    body: RateLimitBody,
    success: 200,
    reply: RateLimitBody,
    run: async ({ deps, body }) => {
      await deps.saveRateLimit(body);
      return body;
    },
  }),
  apiOperation({
    method: 'GET',
    path: '/profile',
    name: 'getProfile',
    summary: 'Shows the name of this installation and where its customers return to.',
    role: 'read',
    success: 200,
    reply: ProfileReply,
    run: ({ deps }) => shown(deps),
  }),
  apiOperation({
    method: 'PUT',
    path: '/profile',
    name: 'updateProfile',
    summary: 'Replaces the name of this installation, its pictures and where its customers return to.',
    role: 'admin',
    body: ProfileBody,
    success: 200,
    reply: ProfileReply,
    run: async ({ deps, body: { whiteListUrls, redirectUrl, ...profile } }) => {
      const where = redirectUrl === '' ? {} : { redirectUrl };
      await deps.saveProfile({ ...compact(profile), ...where, allowedOrigins: whiteListUrls });
      return shown(deps);
    },
  }),
];

async function shown(deps: ApiDeps): Promise<z.infer<typeof ProfileReply>> {
  const {
    name = 'Ledgerlink',
    redirectUrl = '',
    logoUrl,
    iconUrl,
    allowedOrigins,
  } = await deps.findLinkSettings();
  return { name, redirectUrl, ...compact({ logoUrl, iconUrl }), whiteListUrls: allowedOrigins ?? [] };
}
