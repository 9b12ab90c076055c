import type { LinkStart, LinkWish } from '../../app/link/start-link.ts';
import type { Reason } from '../../domain/health.ts';
import { never } from '../../domain/problem.ts';
import type { HttpReply, HttpRequest } from '../request.ts';
import { addressOf, codeOf, ownParameters } from './address.ts';
import { carry, readCarried } from './cookies.ts';
import type { Language } from './language.ts';
import type { LinkPageDeps } from './link-page-deps.ts';
import { type Action, type PageName, pageReply, seeOther } from './page.ts';

/** `GET /link/{token}` and `GET /link/company/{token}`: on to FreshBooks, or a page that says why not. */
export function answerLink(of: LinkWish['of']) {
  return async (request: HttpRequest, language: Language, deps: LinkPageDeps): Promise<HttpReply> => {
    const parameters = ownParameters(request.query);
    const code = codeOf(request.query);
    const carried = readCarried(request.cookies);
    const start = await deps.startLink({
      token: tokenOf(request.path),
      of,
      again: request.query['again'] !== undefined,
      language,
      parameters,
      ...(code === undefined ? {} : { code }),
      ...carried,
    });
    const here = (more: Record<string, string>) =>
      addressOf(request.path, { ...parameters, otp: code, ...more });
    const page = { language, inLanguage: (lang: Language) => here({ lang }) };
    switch (start.kind) {
      case 'go':
        // The attempt it was shown last stays with it: whoever comes back from FreshBooks may try again from there.
        return seeOther(start.url, [carry({ ...carried, browser: start.browser })]);
      case 'already-linked': {
        const leave = await leaveOf(start, parameters, deps);
        return pageReply({ ...page, ...linkedPage(start, leave, here({ again: 'yes' })) });
      }
      case 'unknown-link':
      case 'not-set-up':
      case 'disabled':
      case 'link-needed':
      case 'link-wrong':
      case 'link-expired':
      case 'link-used':
        return pageReply({ ...page, name: start.kind });
      default:
        return never(start);
    }
  };
}

type Linked = Extract<LinkStart, { kind: 'already-linked' }>;

function leaveOf(
  { connection: { companyId, id } }: Linked,
  parameters: Readonly<Record<string, string>>,
  deps: LinkPageDeps,
): Promise<string | undefined> {
  return deps.returnAddress({ ref: { companyId, connectionId: id }, how: 'left', parameters });
}

/** What the customer of a linked connection is told when it is to be authorised again. */
const againPages: Partial<Record<Reason, PageName>> = {
  'consent-withdrawn': 'again-access',
  'rotation-lost': 'again-access',
  restored: 'again-access',
  'access-ended': 'again-access',
  'app-replaced': 'again-app',
  'scopes-changed': 'again-scopes',
  'missing-scope': 'again-scopes',
  'membership-gone': 'again-person',
};

/** That there is nothing to do, or why there is; the button that most people want comes first. */
function linkedPage({ connection, reason }: Linked, leave: string | undefined, again: string) {
  const name = reason && againPages[reason];
  const back: Action[] = leave === undefined ? [] : [{ label: 'action.return', href: leave }];
  const anew: Action = { label: 'action.again', href: again };
  const values = { business: connection.business?.name ?? '' };
  return name === undefined
    ? { name: 'already-linked' as const, actions: [...back, anew] }
    : { name, values, actions: [anew, ...back] };
}

/** The last segment, decoded; what cannot be decoded is no token of ours. */
function tokenOf(path: string): string {
  try {
    return decodeURIComponent(path.slice(path.lastIndexOf('/') + 1)).slice(0, 200);
  } catch {
    return '';
  }
}
