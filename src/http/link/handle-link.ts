import type { Log } from '../../app/ports.ts';
import type { HttpReply, HttpRequest } from '../request.ts';
import { addressOf } from './address.ts';
import { answerCallback } from './callback-page.ts';
import { rememberLanguage } from './cookies.ts';
import { askedLanguage, type Language, languageOf } from './language.ts';
import { answerLink } from './link-page.ts';
import type { LinkPageDeps } from './link-page-deps.ts';
import { type PageName, pageReply } from './page.ts';
import { answerChoice, showAttempt } from './progress-page.ts';

type Answer = (request: HttpRequest, language: Language, deps: LinkPageDeps) => Promise<HttpReply>;
type Route = { path: RegExp; methods: Readonly<Record<string, Answer>> };

const routes: readonly Route[] = [
  { path: /^\/link\/company\/([^/]+)$/, methods: { GET: answerLink('company') } },
  { path: /^\/link\/([^/]+)$/, methods: { GET: answerLink('connection') } },
  { path: /^\/oauth\/callback$/, methods: { GET: answerCallback } },
  { path: /^\/oauth\/(?:done|choose)$/, methods: { GET: showAttempt, POST: answerChoice } },
];

/**
 * The customer's journey over HTTP: HTML pages and redirects, whatever happens. The address of a callback is never
 * logged: it holds the code and the state.
 */
export function makeHandleLink(
  deps: LinkPageDeps & { log: Log },
): (request: HttpRequest) => Promise<HttpReply> {
  return async (request) => {
    const language = languageOf(request);
    const asked = askedLanguage(request);
    const reply = await answer(deps, request, language);
    deps.log.info('link.answered', { status: reply.status, correlationId: request.requestId });
    return asked === undefined ? reply : { ...reply, cookies: [...reply.cookies, rememberLanguage(asked)] };
  };
}

async function answer(
  deps: LinkPageDeps & { log: Log },
  request: HttpRequest,
  language: Language,
): Promise<HttpReply> {
  const route = routes.find(({ path }) => path.test(request.path));
  if (route === undefined) return plainPage('unknown-link', request, language);
  const run = Object.hasOwn(route.methods, request.method) ? route.methods[request.method] : undefined;
  if (run === undefined) {
    const reply = plainPage('not-allowed', request, language);
    return { ...reply, headers: { ...reply.headers, allow: Object.keys(route.methods).join(', ') } };
  }
  try {
    return await run(request, language, deps);
  } catch (thrown) {
    const cause = thrown instanceof Error ? thrown.stack : String(thrown);
    deps.log.error('link.broken', { cause, correlationId: request.requestId });
    return plainPage('broken', request, language);
  }
}

function plainPage(name: PageName, request: HttpRequest, language: Language): HttpReply {
  const path = request.path.startsWith('/oauth/callback') ? '/oauth/done' : request.path;
  const inLanguage = (other: Language) => addressOf(path, { lang: other });
  return pageReply({ name, language, inLanguage, values: { correlationId: request.requestId } });
}
