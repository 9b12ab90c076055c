/**
 * What each function is told by its environment, as one schema per function. `lib/` builds the environments from
 * the same schemas, so a variable that nobody reads, or that nobody sets, does not compile.
 */
import * as z from 'zod';

const name = z.string().min(1);
const url = z.url();

const everyFunction = { STAGE: name };
const state = { STATE_TABLE: name };
const signIn = { SIGN_IN_ISSUER: url, SIGN_IN_CLIENT_ID: name };
const publicUrl = { PUBLIC_URL: url };
const wake = { SYNC_QUEUE_URL: url };
const calls = { CALLS_TABLE: name };
const announce = { EVENT_QUEUE_URL: url };
const events = { EVENTS_TABLE: name };
/** `WEBHOOK_LOOPBACK`: whether endpoints may be on this machine; only the start on one machine allows it. */
const webhooks = { WEBHOOK_KEY_ID: name, WEBHOOK_LOOPBACK: z.enum(['allowed', 'refused']) };
const books = { BOOKS_BUCKET: name };
const freshBooks = { FRESHBOOKS_API_URL: url, FRESHBOOKS_AUTH_URL: url };
const secrets = { APP_SECRET_ID: name };
const grants = { GRANTS_TABLE: name, GRANT_KEY_ID: name };

export const SetupConfig = z.object({ ...everyFunction, ...state, ...signIn, ...publicUrl, ...secrets });
export type SetupConfig = z.infer<typeof SetupConfig>;

export const OauthConfig = z.object({
  ...everyFunction,
  ...state,
  ...calls,
  ...signIn,
  ...publicUrl,
  ...wake,
  ...books,
  ...announce,
  ...freshBooks,
  ...secrets,
  ...grants,
});
export type OauthConfig = z.infer<typeof OauthConfig>;

export const ApiConfig = z.object({
  ...everyFunction,
  ...state,
  ...calls,
  ...signIn,
  ...publicUrl,
  ...wake,
  ...announce,
  ...events,
  ...webhooks,
  ...books,
});
export type ApiConfig = z.infer<typeof ApiConfig>;

export const SchedulerConfig = z.object({ ...everyFunction, ...state, ...wake, ...announce, ...events });
export type SchedulerConfig = z.infer<typeof SchedulerConfig>;

export const WebhookInConfig = z.object({ ...everyFunction, ...state, ...wake });
export type WebhookInConfig = z.infer<typeof WebhookInConfig>;

export const SyncWorkerConfig = z.object({
  ...everyFunction,
  ...state,
  ...publicUrl,
  ...wake,
  ...announce,
  ...books,
  ...freshBooks,
  ...secrets,
  ...grants,
});
export type SyncWorkerConfig = z.infer<typeof SyncWorkerConfig>;

export const EventSenderConfig = z.object({
  ...everyFunction,
  ...state,
  ...publicUrl,
  ...announce,
  ...events,
  ...webhooks,
});
export type EventSenderConfig = z.infer<typeof EventSenderConfig>;

export const PortalConfig = z.object({ ...everyFunction, ...signIn, SIGN_IN_PAGES: url });
export type PortalConfig = z.infer<typeof PortalConfig>;

/** The function's environment, checked once at cold start; the error names the variables, never their values. */
export function readConfig<T>(
  schema: z.ZodType<T>,
  env: Record<string, string | undefined> = process.env,
): T {
  const parsed = schema.safeParse(env);
  if (parsed.success) return parsed.data;
  const names = parsed.error.issues.map((issue) => issue.path.join('.')).join(', ');
  throw new Error(`the function's environment is not as deployed: ${names} missing or malformed`);
}
