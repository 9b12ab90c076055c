import type { Json } from '../json.ts';

/** An answer, complete: what is sent is exactly this. */
export type Reply = { status: number; headers: Record<string, string>; body: string };

// §3.1: headers of the data families.
const gateway = { server: 'nginx', via: '1.1 google', vary: 'Accept-Encoding' };

/** The accounting family: application/json and the version header. */
export const accountingReply = (status: number, body: string): Reply => ({
  status,
  headers: { ...gateway, 'content-type': 'application/json', 'x-api-version': '2023-02-20' },
  body,
});

/** §3A.2: what an invoice looks like on paper. */
export const pdfReply = (pdf: string): Reply => ({
  status: 200,
  headers: { ...gateway, 'content-type': 'application/pdf' },
  body: pdf,
});

/** The auth family, which says its charset (§3.1). */
export const authReply = (status: number, body: Json, headers: Record<string, string> = {}): Reply => ({
  status,
  headers: {
    ...gateway,
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
    ...headers,
  },
  body: JSON.stringify(body),
});

/** §1.8: `{ error, error_description }` */
export const authError = (status: number, error: string, description: string): Reply =>
  authReply(status, { error, error_description: description });

export const unauthenticated = (): Reply =>
  authError(401, 'unauthenticated', 'This action requires authentication to continue.');

export const pageReply = (status: number, html: string): Reply => ({
  status,
  headers: {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
    'x-content-type-options': 'nosniff',
  },
  body: html,
});

export const redirectReply = (location: string): Reply => ({
  status: 302,
  headers: { location, 'cache-control': 'no-store' },
  body: '',
});

/** The simulator's own answers. */
export const controlReply = (status: number, body: Json): Reply => ({
  status,
  headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' },
  body: `${JSON.stringify(body)}\n`,
});

export const notFound = (): Reply => ({
  status: 404,
  headers: { ...gateway, 'content-type': 'application/json' },
  body: JSON.stringify({
    message:
      'The requested URL was not found on the server. If you entered the URL manually please check your spelling and try again.',
  }),
});
