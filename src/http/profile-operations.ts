import * as z from 'zod';
import { apiOperation } from './api-operation.ts';

const ProfileReply = z.strictObject({
  name: z.string(),
  /** Where customers' browsers go when they are done; empty: to a page of ours. */
  redirectUrl: z.string(),
  whiteListUrls: z.array(z.string()),
});

export const profileOperations = [
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
