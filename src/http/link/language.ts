import type { HttpRequest } from '../request.ts';
import { languageCookie } from './cookies.ts';

/** The languages that every page is written in. */
export const languages = ['en', 'fr-CA'] as const;
export type Language = (typeof languages)[number];

/** The language asked for in the address, which is then remembered. */
export function askedLanguage({ query }: HttpRequest): Language | undefined {
  return known(query['lang']?.[0]);
}

/** The language of a page: asked for in the address, chosen before, or the browser's first that we speak. */
export function languageOf(request: HttpRequest): Language {
  const chosen = askedLanguage(request) ?? known(request.cookies[languageCookie]);
  return chosen ?? browserLanguage(request.headers['accept-language'] ?? '') ?? 'en';
}

function browserLanguage(header: string): Language | undefined {
  const wishes = header
    .slice(0, 500)
    .split(',')
    .map((wish) => {
      const [tag = '', ...parameters] = wish.trim().split(';');
      const q = parameters
        .map((one) => /^\s*q=([\d.]+)\s*$/.exec(one)?.[1])
        .find((value) => value !== undefined);
      return { tag, q: q === undefined ? 1 : Number(q) };
    });
  const ordered = wishes.filter(({ q }) => q > 0).toSorted((a, b) => b.q - a.q);
  return ordered.map(({ tag }) => known(tag)).find((language) => language !== undefined);
}

function known(tag: string | undefined): Language | undefined {
  if (tag === undefined) return undefined;
  if (/^fr\b/i.test(tag)) return 'fr-CA';
  return /^en\b/i.test(tag) ? 'en' : undefined;
}
