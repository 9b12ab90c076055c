// `__Host-`: only this very host may set it, over a secure channel, for all paths; no subdomain can slip in its own.
const browserCookie = '__Host-ledgerlink';
export const languageCookie = '__Host-ledgerlink-language';

const attributes = 'Path=/; Secure; HttpOnly; SameSite=Lax';
const anHour = 3600;
const aYear = 365 * 24 * anHour;

/** What a browser carries: the secret that binds it to its attempts, and which attempt it is shown. */
export type Carried = { browser: string; attemptId?: string };

const secret = /^[A-Za-z0-9_-]{16,128}$/;

/** The name of an attempt, and nothing that could break a cookie. */
export function isAttemptId(text: string): boolean {
  return /^[0-9a-f]{64}$/.test(text);
}

/** What the browser carries; `undefined` when it is nothing of ours. */
export function readCarried(cookies: Readonly<Record<string, string>>): Carried | undefined {
  const [browser = '', id, ...rest] = (cookies[browserCookie] ?? '').split('.');
  if (!secret.test(browser) || rest.length > 0) return undefined;
  return id !== undefined && isAttemptId(id) ? { browser, attemptId: id } : { browser };
}

/** The `Set-Cookie` value that keeps it. An hour is long enough for ten minutes and a second look. */
export function carry({ browser, attemptId: id }: Carried): string {
  return `${browserCookie}=${id === undefined ? browser : `${browser}.${id}`}; Max-Age=${anHour}; ${attributes}`;
}

/** The `Set-Cookie` value that remembers a chosen language. */
export function rememberLanguage(language: string): string {
  return `${languageCookie}=${language}; Max-Age=${aYear}; ${attributes}`;
}
