import type { LinkWish } from '../../app/link/start-link.ts';
import { never } from '../../domain/problem.ts';
import type { HttpReply, HttpRequest } from '../request.ts';
import { addressOf, ownParameters } from './address.ts';
import { carry, readCarried } from './cookies.ts';
import type { Language } from './language.ts';
import type { LinkPageDeps } from './link-page-deps.ts';
import { pageReply, seeOther } from './page.ts';

/** `GET /link/{token}` and `GET /link/company/{token}`: on to FreshBooks, or a page that says why not. */
export function answerLink(of: LinkWish['of']) {
  return async (request: HttpRequest, language: Language, deps: LinkPageDeps): Promise<HttpReply> => {
    const parameters = ownParameters(request.query);
    const browser = readCarried(request.cookies)?.browser;
    const start = await deps.startLink({
      token: tokenOf(request.path),
      of,
      again: request.query['again'] !== undefined,
      language,
      parameters,
      ...(browser === undefined ? {} : { browser }),
    });
    const inLanguage = (lang: Language) => addressOf(request.path, { ...parameters, lang });
    switch (start.kind) {
      case 'go':
        return seeOther(start.url, [carry({ browser: start.browser })]);
      case 'unknown-link':
      case 'not-set-up':
      case 'disabled':
        return pageReply({ name: start.kind, language, inLanguage });
      case 'already-linked': {
        const { companyId, id } = start.connection;
        const leave = await deps.returnAddress({
          ref: { companyId, connectionId: id },
          how: 'left',
          parameters,
        });
        const again = addressOf(request.path, { ...parameters, again: 'yes' });
        const actions = [
          ...(leave === undefined ? [] : [{ label: 'action.return' as const, href: leave }]),
          { label: 'action.again' as const, href: again },
        ];
        return pageReply({ name: 'already-linked', language, inLanguage, actions });
      }
      default:
        return never(start);
    }
  };
}

/** The last segment, decoded; what cannot be decoded is no token of ours. */
function tokenOf(path: string): string {
  try {
    return decodeURIComponent(path.slice(path.lastIndexOf('/') + 1)).slice(0, 200);
  } catch {
    return '';
  }
}
