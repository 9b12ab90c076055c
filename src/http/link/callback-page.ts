import type { HttpReply, HttpRequest } from '../request.ts';
import { addressOf } from './address.ts';
import { carry, readCarried } from './cookies.ts';
import type { Language } from './language.ts';
import type { LinkPageDeps } from './link-page-deps.ts';
import { type PageName, pageReply, seeOther } from './page.ts';

/** `GET /oauth/callback`: takes what FreshBooks sent along, and leads away from the address that holds it. */
export async function answerCallback(
  request: HttpRequest,
  language: Language,
  deps: LinkPageDeps,
): Promise<HttpReply> {
  const single = (name: string) => {
    const [value, ...others] = request.query[name] ?? [];
    return others.length === 0 ? value : undefined;
  };
  const [state, code, error] = [single('state'), single('code'), single('error')];
  const browser = readCarried(request.cookies)?.browser;
  if (state === undefined || isOfAnother(single('iss'), deps.issuerOrigin))
    return refuse('unknown-attempt', language);
  const answer = await deps.takeCallback({
    state,
    ...(code === undefined ? {} : { code }),
    ...(error === undefined ? {} : { error }),
    ...(browser === undefined ? {} : { browser }),
  });
  if (answer.kind !== 'attempt') return refuse(answer.kind, language);
  const cookies = browser === undefined ? [] : [carry({ browser, attemptId: answer.attemptId })];
  return seeOther('/oauth/done', cookies);
}

function isOfAnother(iss: string | undefined, issuerOrigin: string): boolean {
  return iss !== undefined && URL.parse(iss)?.origin !== issuerOrigin;
}

function refuse(name: PageName, language: Language): HttpReply {
  const inLanguage = (lang: Language) => addressOf('/oauth/done', { why: name, lang });
  return pageReply({ name, language, inLanguage });
}
