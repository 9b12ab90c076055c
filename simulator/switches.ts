// Where the reference is unsure, the simulator plays both ways. The first value of each switch is the default:
// the reference's reading, or, where it has none, the way that is harder on a reader.

type Switch = { section: string; question: string; values: Record<string, string> };

const honoured = (section: string, question: string, first: 'honoured' | 'ignored') => {
  const meanings = {
    honoured: 'the filter selects rows, by day',
    ignored: 'the filter is an unknown key: the full list comes back',
  };
  return first === 'honoured'
    ? { section, question, values: { honoured: meanings.honoured, ignored: meanings.ignored } }
    : { section, question, values: { ignored: meanings.ignored, honoured: meanings.honoured } };
};

const bumped = (section: string, resource: string, first: 'bumped' | 'kept') => {
  const kept = 'the row keeps its old `updated`, in the reply and afterwards';
  const now = '`updated` moves at once and the reply shows it';
  const later = 'the reply shows the old `updated`, the stored row has the new one';
  const question = `does deleting or archiving ${resource} bump updated?`;
  return first === 'bumped'
    ? { section, question, values: { bumped: now, kept, 'after-reply': later } }
    : { section, question, values: { kept, bumped: now, 'after-reply': later } };
};

export const switches = {
  'updated-filter.clients': honoured('§3.9', 'search[updated_min|max] on clients', 'honoured'),
  'updated-filter.invoices': honoured('§3.9', 'search[updated_min|max] on invoices', 'honoured'),
  'updated-filter.payments': honoured('§3.9, §10', 'search[updated_min|max] on payments', 'honoured'),
  'updated-filter.expenses': honoured('§3.9, §10', 'search[updated_min|max] on expenses', 'honoured'),
  'updated-filter.taxes': honoured('§3.9', 'search[updated_min|max] on taxes', 'ignored'),
  'updated-filter.others': honoured(
    '§3.9',
    'search[updated_min|max] on estimates, items, invoice_profiles, tasks',
    'honoured',
  ),
  'plan.payables': {
    section: '§2.1, §3A.13',
    question: 'does the plan have accounts_payable.access?',
    values: {
      has: 'bills, their payments and vendors answer',
      lacks: 'they answer 200 with errno 41001, 41101 and 31001, and users/me says so',
    },
  },
  'plan.retainers': {
    section: '§2.1, §3A.20',
    question: 'does the plan have retainers_feature.access?',
    values: { has: 'retainers answer', lacks: 'they answer 403, and users/me says so' },
  },
  'plan-flags': {
    section: '§2.1',
    question: 'does users/me tell what the plan allows?',
    values: { told: 'permissions has the flags', silent: 'permissions is empty' },
  },
  'role-refusal': {
    section: '§4.2, §9',
    question: 'an accounting list that the person’s role may not read',
    values: {
      'own-errno': '200 with the errno of the resource where one is known, else 403 errno 1003',
      forbidden: '403 errno 1003',
      'in-200': '200 with errno 1003',
    },
  },
  'bill-lines': {
    section: '§3.5, §3A.13',
    question: 'lines and bill_payments of a bill without include[]',
    values: { asked: 'there only with include[]', always: 'there in every reply' },
  },
  'profit-and-loss-key': {
    section: '§3A.23',
    question: 'the result key of the new-style report profit_and_loss',
    values: { profit_and_loss: 'its own name', profitloss: 'that of profitloss_entity' },
  },
  'invoice-filters.unverified': honoured('§3A.2', 'amount_min/max, invoiceids[], number_like', 'honoured'),
  'delete-bumps-updated.clients': bumped('§3.8', 'a client', 'bumped'),
  'delete-bumps-updated.invoices': bumped('§3.8, §10', 'an invoice', 'kept'),
  'delete-bumps-updated.payments': bumped('§3.8, §10', 'a payment', 'kept'),
  'delete-bumps-updated.expenses': bumped('§3.8, §10', 'an expense', 'kept'),
  'payment-delete-touches-invoice': {
    section: '§3.8',
    question: 'does deleting a payment bump the updated of its invoice?',
    values: {
      touched: 'amounts, statuses and `updated` of the invoice move',
      quiet: 'amounts and statuses move, `updated` and `version` do not',
    },
  },
  'max-filter': {
    section: '§3.3',
    question: 'is search[..._max] inclusive?',
    values: {
      below: 'rows below the bound (a day bound excludes that day)',
      inclusive: 'rows up to and including the bound',
    },
  },
  'updated-filter-time': {
    section: '§3.3',
    question: 'a time of day in search[updated_min|max]',
    values: { 'by-day': 'the time is dropped: the filter works by day', error: 'errno 1023 FilterErrorDate' },
  },
  'invoice-lines-on-put': {
    section: '§3A.2',
    question: 'lines sent on a PUT',
    values: {
      replaced: 'the sent lines are the whole new set',
      merged: 'lines with a known lineid are changed, others are added, none is removed',
    },
  },
  'default-list': {
    section: '§3.8',
    question: 'what a list holds without search[vis_state]',
    values: {
      'active-and-archived': 'vis_state 0 and 2',
      'active-only': 'vis_state 0',
    },
  },
  'total-counts-hidden': {
    section: '§3.2',
    question: 'does total count rows the identity may not read?',
    values: { counted: 'total and pages count them', left: 'total and pages count what is shown' },
  },
  'foreign-account': {
    section: '§4.2',
    question: 'an account the person has no role on',
    values: { forbidden: '403 errno 1003', 'not-found': '404 Account not found' },
  },
  'missing-scope-body': {
    section: '§1.9, §10',
    question: 'body of the 403 for a missing scope (accounting family)',
    values: {
      accounting: 'response.errors with errno 1003, the message names the scopes',
      message: '{"message":"…scopes…"}',
      gateway: '{"error":"insufficient_scope","error_description":"…scopes…"}',
    },
  },
  'accounting-401-body': {
    section: '§4.1',
    question: 'body of a 401 in the accounting family',
    values: {
      accounting: 'response.errors with errno 1003',
      gateway: '{"error":"unauthenticated",…} as the gateway of 2026 answers',
    },
  },
  'rate-limit-body': {
    section: '§6, §10',
    question: 'body of a 429 made by a fault',
    values: {
      family: 'the shape of the family: response.errors with errno 429, or the auth error',
      auth: 'the auth error everywhere',
    },
  },
  'callback-events': {
    section: '§5.4',
    question: 'can tax, other_income and bill_payment be listened to?',
    values: { listed: 'no: Unrecognized event', all: 'yes' },
  },
  'callback-handshake': {
    section: '§5.1, §5.3',
    question: 'the form that brings the verifier',
    values: {
      unsigned: 'it comes unsigned',
      signed: 'it is signed with the verifier that it brings',
      lost: 'it never comes',
    },
  },
  'callback-fields': {
    section: '§5.2',
    question: 'business_id and identity_id in what is delivered',
    values: { newer: 'they are there', older: 'they are not' },
  },
  'callback-delay': {
    section: '§5.2',
    question: 'how late is a delivery?',
    values: { seconds: '5 seconds', minutes: '4 minutes' },
  },
  'callback-delivery': {
    section: '§5.2',
    question: 'no order and no number of deliveries is promised',
    values: {
      once: 'each once, in order',
      twice: 'each twice',
      backwards: 'the newest first, of what is due together',
      lost: 'never',
    },
  },
  'callback-retry': {
    section: '§5.2, §10',
    question: 'what follows a delivery that failed',
    values: { never: 'nothing', thrice: 'three more, a minute apart' },
  },
  'callback-hide': {
    section: '§5.4',
    question: 'the event of a deletion by vis_state 1',
    values: { delete: '.delete', update: '.update' },
  },
  'system-addressed-by': {
    section: '§3A.22',
    question: 'the last segment of systems/systems/{id}',
    values: { either: 'system id or business id', 'system-id': 'the system id only' },
  },
  'refresh-redirect-uri': {
    section: '§1.4, §10',
    question: 'redirect_uri on a refresh',
    values: { optional: 'may be left out', required: 'a refresh without it is refused' },
  },
  'living-refresh-token': {
    section: '§1.6',
    question: 'a refresh token that lives is used (a fault on their side, or an app that was switched off)',
    values: { honoured: 'a new pair', refused: 'invalid_grant, and it lives on' },
  },
  'spent-refresh-token': {
    section: '§1.6',
    question: 'a spent refresh token is used again',
    values: {
      refused: 'invalid_grant; the live pair goes on',
      'revokes-family': 'invalid_grant, and everything of this person and app is revoked',
    },
  },
  'second-authorization': {
    section: '§1.6, §10',
    question: 'access tokens of an earlier consent after a second one',
    values: {
      'old-access-lives': 'they live on until they expire; the old refresh token is dead',
      'old-access-dies': 'they die with the old refresh token',
    },
  },
  'refresh-keeps-old-access': {
    section: '§1.6',
    question: 'the old access token after a refresh',
    values: { lives: 'usable until its own expiry', dies: 'dead at once' },
  },
  pkce: {
    section: '§1.2, §10',
    question: 'PKCE (S256)',
    values: {
      checked: 'a challenge that was sent must be met; none is asked for',
      required: 'an authorization without a challenge is refused',
      ignored: 'challenge and verifier are accepted and not looked at',
    },
  },
  'revoke-reach': {
    section: '§1.7',
    question: 'what revoking one token ends',
    values: {
      consent: 'every token of this person and app',
      token: 'the token that was sent, and for a refresh token the access token it came with',
    },
  },
} as const satisfies Record<string, Switch>;

export type SwitchName = keyof typeof switches;

/** Asks how a switch stands: `plays('pkce', 'required')`. */
export type Plays = <N extends SwitchName>(name: N, value: keyof (typeof switches)[N]['values']) => boolean;

export const switchNames = Object.keys(switches);

const table: Record<string, Switch> = switches;

/** The values a switch can take, the default first; undefined for an unknown switch. */
export const valuesOf = (name: string): readonly string[] | undefined => {
  const row = table[name];
  return row && Object.keys(row.values);
};
