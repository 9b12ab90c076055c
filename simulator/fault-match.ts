import { targetOf } from './accounting/answer-accounting.ts';
import { endpointOf } from './families/answer-families.ts';
import type { KeptFault } from './fault-rules.ts';
import type { Asked } from './http/request.ts';
import type { Consent } from './oauth/consent.ts';
import { personByEmail } from './people.ts';

const named: Readonly<Record<string, RegExp>> = {
  token: /\/oauth\/token$/,
  revoke: /\/oauth\/revoke$/,
  authorize: /\/oauth\/authorize$/,
  'users/me': /\/users\/me$/,
};

const meetsPath = (wanted: string, path: string): boolean => {
  if (!wanted.includes('*')) return path.startsWith(wanted);
  const pattern = wanted
    .split('*')
    .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
    .join('.*');
  return new RegExp(`^${pattern}$`).test(path);
};

const meetsResource = (wanted: string, path: string): boolean =>
  named[wanted]?.test(path) ?? (endpointOf(path)?.endpoint.name ?? targetOf(path)?.resource.name) === wanted;

const meetsIdentity = (wanted: string | number, consent: Consent | undefined): boolean => {
  const id = typeof wanted === 'string' ? (personByEmail(wanted)?.identityId ?? Number(wanted)) : wanted;
  return consent?.identityId === id;
};

/** Whether a rule is about this request; `consent` is whose token it bears. */
export const meets = ({ match }: KeptFault, asked: Asked, consent: Consent | undefined): boolean =>
  (match.method === undefined || match.method.toUpperCase() === asked.method) &&
  (match.path === undefined || meetsPath(match.path, asked.path)) &&
  (match.resource === undefined || meetsResource(match.resource, asked.path)) &&
  (match.identity === undefined || meetsIdentity(match.identity, consent));
