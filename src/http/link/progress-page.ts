import type { AttemptHandle, AttemptView } from '../../app/link/look-at-attempt.ts';
import type { Outcome } from '../../domain/attempt-moves.ts';
import type { LinkAttempt } from '../../domain/grant.ts';
import { never } from '../../domain/problem.ts';
import type { HttpReply, HttpRequest } from '../request.ts';
import { addressOf } from './address.ts';
import { chooseForm, unfitBusinesses } from './choose-form.ts';
import { carry, isAttemptId, readCarried } from './cookies.ts';
import type { Language } from './language.ts';
import type { LinkPageDeps } from './link-page-deps.ts';
import { type Action, pageReply, seeOther } from './page.ts';

type Ended = Extract<AttemptView, { kind: 'ended' }>;

/** `GET /oauth/done` and `GET /oauth/choose`: how this browser's attempt stands, at an address without secrets. */
export async function showAttempt(
  request: HttpRequest,
  language: Language,
  deps: LinkPageDeps,
): Promise<HttpReply> {
  const why = request.query['why']?.[0];
  if (why === 'other-browser') return told(why, language, { why });
  const handle = handleOf(request);
  const view = handle === undefined ? unknown : await deps.lookAtAttempt(handle);
  return show(view, request, language, deps, false);
}

/** `POST /oauth/choose`: the customer's choice, then as above. */
export async function answerChoice(
  request: HttpRequest,
  language: Language,
  deps: LinkPageDeps,
): Promise<HttpReply> {
  const form = new URLSearchParams(request.body.slice(0, 4096));
  const handle = handleOf(request);
  const site = request.headers['sec-fetch-site'];
  // The form names its attempt, so that of two open tabs each chooses for its own; no other site can know it.
  const attemptId = form.get('attempt') ?? '';
  const foreign = site !== undefined && site !== 'same-origin' && site !== 'none';
  if (handle === undefined || foreign) return show(unknown, request, language, deps, false);
  const business = form.get('business');
  if (!isAttemptId(attemptId)) return show(unknown, request, language, deps, false);
  const own = { browser: handle.browser, attemptId };
  const view = business === null ? await deps.lookAtAttempt(own) : await deps.chooseBusiness(own, business);
  if (view.kind === 'choose') return show(view, request, language, deps, true);
  return seeOther('/oauth/done', [carry(own)]);
}

const unknown: AttemptView = { kind: 'unknown-attempt' };

function handleOf(request: HttpRequest): AttemptHandle | undefined {
  const carried = readCarried(request.cookies);
  if (carried?.attemptId === undefined) return undefined;
  return { browser: carried.browser, attemptId: carried.attemptId };
}

async function show(
  view: AttemptView,
  request: HttpRequest,
  language: Language,
  deps: LinkPageDeps,
  sent: boolean,
): Promise<HttpReply> {
  switch (view.kind) {
    case 'unknown-attempt':
      return told('unknown-attempt', language);
    case 'working':
    case 'waiting':
      return inProgress(view.kind, language);
    case 'choose':
      if (request.path !== '/oauth/choose') return seeOther('/oauth/choose');
      return choicePage(view, language, deps, sent);
    case 'ended':
      return ending(view, language, deps);
    default:
      return never(view);
  }
}

function told(name: 'unknown-attempt' | 'other-browser', language: Language, query = {}): HttpReply {
  return pageReply({ name, language, inLanguage: (lang) => addressOf('/oauth/done', { ...query, lang }) });
}

function inProgress(name: 'working' | 'waiting', language: Language): HttpReply {
  return pageReply({
    name,
    language,
    inLanguage: (lang) => addressOf('/oauth/done', { lang }),
    actions: [{ label: 'action.look', href: '/oauth/done' }],
    refreshSeconds: name === 'working' ? 2 : 10,
  });
}

async function choicePage(
  { attempt, businesses, before }: Extract<AttemptView, { kind: 'choose' }>,
  language: Language,
  deps: LinkPageDeps,
  missing: boolean,
): Promise<HttpReply> {
  const leave = await deps.returnAddress({ ref: attempt, how: 'linked', parameters: attempt.parameters });
  const origin = leave === undefined ? undefined : URL.parse(leave)?.origin;
  return pageReply({
    name: before === undefined ? 'choose' : 'change',
    values: { business: before?.name ?? '' },
    language,
    inLanguage: (lang) => addressOf('/oauth/choose', { lang }),
    content: chooseForm({ language, attemptId: attempt.id, businesses, before, missing }),
    // The form's answer may lead to the deployer's page, and browsers hold the whole way to this list.
    ...(origin === undefined ? {} : { formLeadsTo: origin }),
  });
}

/** Where trying again with the same link may end otherwise. */
const retried: ReadonlySet<Outcome> = new Set<Outcome>([
  'cancelled',
  'expired',
  'code-refused',
  'freshbooks-down',
  'interrupted',
  'kept',
  'wrong-business',
  'no-business',
  'client-only',
  'no-account',
  'inactive',
]);

async function ending(
  { outcome, attempt, connection }: Ended,
  language: Language,
  deps: LinkPageDeps,
): Promise<HttpReply> {
  const { parameters, companyId, connectionId } = attempt;
  const leave = await deps.returnAddress({ ref: { companyId, connectionId }, how: outcome, parameters });
  if (outcome === 'linked' && leave !== undefined) return seeOther(leave);
  const actions: Action[] = [];
  if (connection !== undefined && retried.has(outcome)) {
    const path = `/link/${encodeURIComponent(connection.linkToken)}`;
    actions.push({ label: 'action.retry', href: addressOf(path, { ...parameters, again: 'yes' }) });
  }
  if (leave !== undefined) actions.push({ label: 'action.return', href: leave });
  const content = unfitBusinesses(language, attempt.businesses ?? []);
  return pageReply({
    name: outcome,
    language,
    inLanguage: (lang) => addressOf('/oauth/done', { lang }),
    values: { business: connection?.business?.name ?? '', other: fitNames(attempt, language) },
    actions,
    ...(content === undefined ? {} : { content }),
  });
}

/** The businesses that this person could have linked. */
function fitNames({ businesses = [] }: LinkAttempt, language: Language): string {
  const names = businesses.filter(({ unfit }) => unfit === undefined).map(({ name }) => name);
  return new Intl.ListFormat(language).format(names);
}
