import { errorBody } from '../accounting/refusal.ts';
import type { Json } from '../json.ts';

/** How a family of paths answers (§3.1): its content type and the shape of its errors (§4.1). */
export type Family = {
  readonly contentType: string;
  readonly error: (status: number, message: string) => Json;
};

export type FamilyName = 'accounting' | 'ledger' | 'projects' | 'comments' | 'payments' | 'auth';

const unauthenticated: Json = {
  error: 'unauthenticated',
  error_description: 'This action requires authentication to continue.',
};

const bare = (status: number, message: string): Json =>
  status === 401 ? unauthenticated : status === 404 ? { error: message } : { message };

const paymentErrors: Readonly<Record<number, string>> = {
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not_found',
};
const authErrors: Readonly<Record<number, string>> = { 403: 'access_denied', 404: 'not_found' };
const authErrorOf = (status: number, message: string): string =>
  status === 403 && /scopes/i.test(message)
    ? 'insufficient_scope'
    : (authErrors[status] ?? 'invalid_resource');

export const families: Readonly<Record<FamilyName, Family>> = {
  accounting: {
    contentType: 'application/json',
    error: (status, message) => errorBody(status, [{ errno: status === 404 ? 404 : 1003, message }], false),
  },
  ledger: {
    contentType: 'application/json',
    error: (status, message) =>
      status === 401
        ? unauthenticated
        : {
            errors: {
              message: `Request failed with status code ${status}`,
              status,
              details: [{ reason: message }],
            },
          },
  },
  projects: { contentType: 'application/vnd.api+json', error: bare },
  comments: { contentType: 'application/json', error: bare },
  payments: {
    contentType: 'application/vnd.api+json',
    error: (status, message) => ({ error_type: paymentErrors[status] ?? 'internal', message }),
  },
  auth: {
    contentType: 'application/json; charset=utf-8',
    error: (status, message) =>
      status === 401 ? unauthenticated : { error: authErrorOf(status, message), error_description: message },
  },
};

/** A 422 of the business families: errno 2001 and what was wrong with which parameter (§3.3). */
export class Unprocessable extends Error {
  readonly faults: Json;

  constructor(faults: Json) {
    super('unprocessable');
    this.faults = faults;
  }
}
