import * as z from 'zod';
import { apiOperation } from './api-operation.ts';

const ProfileReply = z.strictObject({
  name: z.string(),
  /** Where customers' browsers go when they are done; empty: to a page of ours. */
  redirectUrl: z.string(),
  whiteListUrls: z.array(z.string()),
});

const mostPerMinute = 1_000_000;

const RateLimitBody = z.strictObject({
  /** Requests that one API key may make in a minute; 0: as many as the gateway lets through. */
  requestsPerMinute: z.number().int().min(0).max(mostPerMinute),
});

export const profileOperations = [
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
    run: async ({ deps }) => {
      const { redirectUrl = '' } = await deps.findLinkSettings();
      return { name: 'Ledgerlink', redirectUrl, whiteListUrls: [] };
    },
  }),
];
