import { describe, expect, it } from '@jest/globals';
import en from '../../../messages/en/health.json' with { type: 'json' };
import fr from '../../../messages/fr-CA/health.json' with { type: 'json' };
import { failureOf } from '../../../src/app/sync/failure-status.ts';
import { type Action, type Reason, reasons } from '../../../src/domain/health.ts';
import { problemIn } from '../../../src/freshbooks/classify.ts';
import { makeReadResource } from '../../../src/freshbooks/read-resource.ts';
import type { Transport } from '../../../src/freshbooks/transport.ts';
import { inLanguage, isTranslated } from '../../../src/http/in-language.ts';
import { business, clientOn, reply } from './fake-freshbooks.ts';
import { farOff } from './read-fake.ts';

// Every cause for which FreshBooks refuses a resource, as its reply, the consent and users/me tell of it together.

type Person = { role?: string; permissions?: Record<string, unknown> } | 'gone' | 'silent';
type Case = {
  what: string;
  resource?: string;
  status?: number;
  body: unknown;
  scopes?: readonly string[];
  person?: Person;
};

const errors = (errno: number, message = 'Permission Denied.') => ({
  response: { errors: [{ errno, message, field: null, object: null, value: 'Ada Lovelace' }] },
});
const denied = errors(1003);
const needs = 'Scopes provided: user:profile:read. Scopes needed: user:bills:read.';
const all = ['user:profile:read', 'user:bills:read', 'user:retainers:read', 'user:projects:read'];
const payables = (on: unknown) => ({ 'accounts_payable.access': on });
const owner = (permissions?: Record<string, unknown>): Person => ({
  role: 'owner',
  ...(permissions && { permissions }),
});
const employee = (permissions?: Record<string, unknown>): Person => ({
  role: 'business_employee',
  ...(permissions && { permissions }),
});

/** The failure that a run keeps of a resource that this refuses. */
async function failureIn({ resource = 'bills', status = 200, body, scopes, person = owner() }: Case) {
  let asked = 0;
  const transport: Transport = async ({ url }) => {
    if (!url.endsWith('/users/me')) return { ...reply(body), status };
    asked += 1;
    return person === 'silent' ? { ...reply({}), status: 503 } : reply(meAs(person));
  };
  const { client, now } = clientOn(transport);
  const read = makeReadResource({ client, now });
  const failure = await read({
    resource,
    business,
    runId: 'run-1',
    ...(scopes && { scopes }),
    token: async () => 'good',
    refused: async () => 'good',
    heldIds: async () => new Set(['1']),
    onRows: () => Promise.reject(new Error('nothing was given')),
    deadline: farOff,
  }).then(
    ({ notShown }) => notShown,
    (error) => failureOf(error),
  );
  return { failure, asked };
}

function meAs(person: Exclude<Person, 'silent'>) {
  if (person === 'gone') return { response: { business_memberships: [] } };
  const { role, permissions } = person;
  return {
    response: {
      business_memberships: [{ role: role ?? null, business: { id: business.businessId } }],
      ...(permissions && { permissions: { AcC0nt: permissions, oTher1: payables(true) } }),
    },
  };
}

/** What is told of each cause, by hand. `says` are words of it in both languages, which no other cause may use. */
const told: readonly {
  reason: Reason;
  action: Action;
  state: string;
  says: RegExp;
  cases: readonly Case[];
}[] = [
  {
    reason: 'missing-scope',
    action: 'authorise-again',
    state: 'broken',
    says: /\bscope|consent|consentement|autorisation/,
    cases: [
      { what: 'FreshBooks names the scopes', status: 403, body: errors(1003, needs) },
      { what: 'it names them in bare words', status: 403, body: { message: needs } },
      {
        what: 'the gateway says so',
        status: 403,
        body: { error: 'insufficient_scope', error_description: 'x' },
      },
      { what: 'it names them in a 200', body: errors(1003, needs) },
      { what: 'the consent lacks it', status: 403, body: denied, scopes: ['user:profile:read'] },
      {
        what: 'the consent lacks it, and FreshBooks answers 200',
        body: errors(41001),
        scopes: ['user:profile:read'],
      },
      {
        what: 'FreshBooks names them to who has a role',
        status: 403,
        body: errors(1003, needs),
        person: employee(),
      },
      { what: 'reports', resource: 'accounts_aging', status: 403, body: denied, scopes: all },
    ],
  },
  {
    reason: 'not-in-plan',
    action: 'check-plan',
    state: 'broken',
    says: /\bplan\b|forfait/,
    cases: [
      { what: 'bills', body: errors(41001, 'No access.'), scopes: all },
      { what: 'bill payments', resource: 'bill_payments', body: errors(41101) },
      { what: 'vendors, without which the rest is readable', resource: 'bill_vendors', body: errors(31001) },
      { what: 'users/me says that it has no payables', body: denied, person: owner(payables(false)) },
      { what: 'so to who has a role', body: errors(41001), person: employee(payables(false)) },
      {
        what: 'retainers',
        resource: 'retainers',
        status: 403,
        body: { message: 'Permission Denied.' },
        person: owner({ 'retainers_feature.access': false }),
      },
      {
        what: 'and the consent lacks the scope as well, which would not help',
        status: 403,
        body: denied,
        scopes: ['user:profile:read'],
        person: owner(payables(false)),
      },
    ],
  },
  {
    reason: 'role-may-not-read',
    action: 'check-role',
    state: 'broken',
    says: /\brole\b|\brôle\b/,
    cases: [
      {
        what: 'of what every plan has',
        resource: 'projects',
        status: 403,
        body: denied,
        scopes: all,
        person: employee(),
      },
      { what: 'of items', resource: 'items', body: errors(12001), person: employee() },
      { what: 'of what the plan has', body: errors(41001), person: employee(payables(true)) },
      {
        what: 'with a 403 of what the plan has',
        status: 403,
        body: denied,
        person: employee(payables(true)),
      },
      {
        what: 'refused as if the token were dead',
        resource: 'taxes',
        status: 401,
        body: denied,
        person: employee(),
      },
    ],
  },
  {
    reason: 'no-permission',
    action: 'check-plan-and-role',
    state: 'broken',
    says: /\b(?:plan|role|forfait|rôle)\b/,
    cases: [
      { what: 'the plan may lack it, and the role is small', body: errors(41001), person: employee() },
      { what: 'a flag that is no yes and no no', body: errors(41001), person: employee(payables(5)) },
      { what: 'nobody says who reads', body: errors(41001), person: 'silent' },
      {
        what: 'nobody says who reads, with a 403',
        resource: 'projects',
        status: 403,
        body: denied,
        person: 'silent',
      },
      { what: 'users/me names no role', resource: 'projects', status: 403, body: denied, person: {} },
    ],
  },
  {
    reason: 'refused-unexplained',
    action: 'ask-freshbooks',
    state: 'attention',
    says: /error|erreur/,
    cases: [
      { what: 'an owner, in a 200', resource: 'projects', body: denied, scopes: all },
      { what: 'an owner, with a 403', resource: 'projects', status: 403, body: denied },
      { what: 'a number that nobody has explained', resource: 'projects', body: errors(77001, 'x') },
      {
        what: 'the same to who has a role',
        resource: 'projects',
        body: errors(77001, 'x'),
        person: employee(),
      },
      { what: 'bills that the plan has, to an owner', body: errors(41001), person: owner(payables(true)) },
    ],
  },
  {
    reason: 'membership-gone',
    action: 'authorise-again',
    state: 'broken',
    says: /belongs|appartient|partie/,
    cases: [{ what: 'the person has left', status: 403, body: denied, person: 'gone' }],
  },
  {
    reason: 'client-only',
    action: 'check-role',
    state: 'broken',
    says: /client of|cliente de/,
    cases: [{ what: 'the person is a client now', body: errors(12001), person: { role: 'client' } }],
  },
  {
    reason: 'inactive',
    action: 'check-account',
    state: 'broken',
    says: /closed|fermé/,
    cases: [{ what: 'the account is closed', status: 403, body: errors(1042) }],
  },
];

const words = { en, 'fr-CA': fr };
const wordsOf = (language: 'en' | 'fr-CA', key: string): string =>
  Object.entries(words[language]).find(([name]) => name === key)?.[1] ?? '';
const rows = told.flatMap(({ cases, ...rest }) => cases.map((one) => ({ ...rest, ...one })));

describe('what FreshBooks refuses', () => {
  it.each(rows)('is told as $reason: $what', async ({ reason, state, action, says, ...one }) => {
    const { failure } = await failureIn(one);

    expect(failure).toMatchObject({ status: 'PermissionsError', reason });
    expect(failure?.message).toMatch(
      new RegExp(`^${one.resource ?? 'bills'}: .*\\(.*HTTP ${one.status ?? 200}`),
    );
    expect(failure?.message).toMatch(says);
    expect(failure?.message).not.toMatch(/Ada|Permission Denied|No access/);
    expect(isTranslated(failure?.message ?? '')).toBe(true);
    expect(reasons[reason]).toEqual({ state, action });
  });

  it.each(told)('and says nothing of another cause: $reason', async ({ reason, cases: [one], says }) => {
    if (one === undefined) throw new Error('there is no case of it');
    const message = (await failureIn(one)).failure?.message ?? '';
    const others = told.filter((other) => other.reason !== reason && !isBoth(reason, other.reason));

    for (const language of ['en', 'fr-CA'] as const)
      for (const told of [inLanguage(message, language), wordsOf(language, `reason.${reason}`)]) {
        // Without the numbers and the name of the scope.
        const sentence = told.replace(/\(.*\)/, '');
        expect(sentence).toMatch(says);
        expect(others.filter((other) => other.says.test(sentence)).map((other) => other.reason)).toEqual([]);
      }
  });

  it('names the scope that is missing, for whoever has to ask for it', async () => {
    const lacking = { what: '', status: 403, scopes: ['user:profile:read'] };

    const known = await failureIn({ ...lacking, body: denied });
    const named = await failureIn({ ...lacking, body: errors(1003, needs.replace('bills', 'vendors')) });
    const several = await failureIn({
      ...lacking,
      body: errors(1003, `${needs} Or user:x:read.`),
      scopes: all,
    });

    expect(known.failure).toMatchObject({ scope: 'user:bills:read' });
    expect(named.failure).toMatchObject({ scope: 'user:vendors:read' });
    expect(named.failure?.message).toContain('(user:vendors:read, HTTP 403, errno 1003)');
    expect(several.failure).toMatchObject({ reason: 'missing-scope', scope: 'user:x:read' });
  });

  it('is asked about once, although the reading asks who reads as well', async () => {
    expect((await failureIn({ what: '', status: 403, body: denied })).asked).toBe(1);
  });
});

/** Where FreshBooks does not say whether it is the plan or the role, both are named. */
function isBoth(one: Reason, other: Reason): boolean {
  const halves: readonly Reason[] = ['not-in-plan', 'role-may-not-read'];
  return (
    (one === 'no-permission' && halves.includes(other)) || (other === 'no-permission' && halves.includes(one))
  );
}

describe('an error in a reply of status 200', () => {
  const kindOf = (errno: number, message = 'x') =>
    problemIn('bills', { status: 200, headers: {}, body: errors(errno, message) }, () => 0)?.kind;

  it.each([1003, 12001, 31001, 41001, 41101, 77001])('is a refusal: errno %i', (errno) => {
    expect(kindOf(errno)).toBe('no-permission');
  });

  it.each([
    [1004, 'broken'],
    [1012, 'not-found'],
    [1101, 'unavailable'],
    [429, 'too-many'],
  ])('is none when its number says otherwise: errno %i is %s', (errno, kind) => {
    expect(kindOf(errno)).toBe(kind);
  });
});
