import * as z from 'zod';
import { roles } from '../app/keys/role.ts';
import type { ApiKey } from '../app/ports.ts';
import { DateTime } from '../domain/unified/scalars.ts';
import { apiOperation, Id } from './api-operation.ts';

const ApiKeyReply = z.strictObject({
  id: z.string(),
  name: z.string(),
  /** How the key begins, to recognise it by. */
  prefix: z.string(),
  role: z.enum(roles),
  createdDate: DateTime,
  expiresDate: DateTime.optional(),
  /** To the hour. */
  lastUsedDate: DateTime.optional(),
});

/** The key itself is in the answer to its creation and never again. */
const NewApiKeyReply = ApiKeyReply.extend({ apiKey: z.string() });

const NewApiKeyBody = z.strictObject({
  name: z
    .string()
    .trim()
    .max(50)
    .nullish()
    .transform((name) => name || 'API key'),
  /** Everything but keys and settings, unless said otherwise. */
  role: z.enum(roles).default('operate'),
  expiresInDays: z.number().int().min(1).max(3650).optional(),
});

export const keysOperations = [
  apiOperation({
    method: 'GET',
    path: '/apiKeys',
    name: 'listApiKeys',
    summary: 'Lists API keys, without the keys themselves.',
    role: 'admin',
    success: 200,
    reply: z.strictObject({ results: z.array(ApiKeyReply) }),
    run: async ({ deps }) => {
      const keys = await deps.listKeys();
      return { results: keys.toSorted((a, b) => (a.created < b.created ? -1 : 1)).map(keyReply) };
    },
  }),
  apiOperation({
    method: 'POST',
    path: '/apiKeys',
    name: 'createApiKey',
    summary: 'Creates an API key and shows it, this once. There may be ten.',
    role: 'admin',
    body: NewApiKeyBody,
    refusals: [409],
    success: 201,
    reply: NewApiKeyReply,
    run: async ({ deps, body, creates }) => {
      const { key, text } = await deps.createKey(body, creates);
      return { ...keyReply(key), apiKey: text };
    },
  }),
  apiOperation({
    method: 'DELETE',
    path: '/apiKeys/{apiKeyId}',
    name: 'deleteApiKey',
    summary: 'Deletes an API key; it is refused from the next request on.',
    role: 'admin',
    params: z.object({ apiKeyId: Id }),
    refusals: [409],
    success: 204,
    run: ({ deps, params, caller }) => deps.deleteKey(params.apiKeyId, { signedIn: caller.kind === 'user' }),
  }),
];

function keyReply(key: ApiKey): z.infer<typeof ApiKeyReply> {
  return {
    id: key.id,
    name: key.name,
    prefix: key.prefix,
    role: key.role,
    createdDate: key.created,
    ...(key.expires === undefined ? {} : { expiresDate: key.expires }),
    ...(key.lastUsed === undefined ? {} : { lastUsedDate: key.lastUsed }),
  };
}
