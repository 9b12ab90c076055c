import { Html, html } from '../link/html.ts';
import { type Language, languages } from '../link/language.ts';
import { PageReply } from '../page-reply.ts';
import type { OperationObject } from './describe-operation.ts';
import { docsOperation } from './docs-operation.ts';
import { docsStyle, docsStyleHash } from './docs-style.ts';
import { docsSentence, docsText } from './docs-texts.ts';
import type { OpenApiDocument } from './document.ts';

/** The document as a page that is complete without scripts and fetches nothing. */
export function docsPage(document: OpenApiDocument, language: Language): PageReply {
  return new PageReply(pageOf(document, language).text, {
    'content-security-policy': `default-src 'none'; style-src ${docsStyleHash}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    'content-language': language,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    vary: 'accept-language',
  });
}

function pageOf(document: OpenApiDocument, language: Language): Html {
  const text = (name: Parameters<typeof docsText>[1]) => docsText(language, name);
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${text('title')}</title>
<style>${new Html(docsStyle)}</style>
</head>
<body>
<p class="languages">${languages.map((one) => languageLink(language, one))}</p>
<main>
<h1>${text('title')}</h1>
<p>${text('about')}</p>
<p>${text('keys')}</p>
<p>${text('failures')}</p>
<p><a href="/openapi.json">${text('document')}</a></p>
<nav aria-label="${text('areas')}"><ul>${document.tags.map(({ name }) => areaLink(language, name))}</ul></nav>
${document.tags.map((tag) => area(document, tag, language))}
</main>
</body>
</html>
`;
}

const languageNames: Readonly<Record<Language, string>> = { en: 'English', 'fr-CA': 'Français' };

function languageLink(shown: Language, one: Language): Html {
  return one === shown
    ? html`<span lang="${one}" aria-current="true">${languageNames[one]}</span>`
    : html`<a lang="${one}" hreflang="${one}" href="/docs?lang=${one}">${languageNames[one]}</a>`;
}

function anchorOf(tag: string): string {
  return tag.replaceAll(/\W+/g, '-');
}

function areaLink(language: Language, tag: string): Html {
  return html`<li><a href="#${anchorOf(tag)}">${docsSentence(language, `area.${tag}`, tag)}</a></li>`;
}

function area(
  { paths }: OpenApiDocument,
  tag: { name: string; description: string },
  language: Language,
): Html {
  const operations = Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item)
      .filter((entry): entry is [string, OperationObject] => entry[1].tags[0] === tag.name)
      .map(([method, operation]) => docsOperation(method.toUpperCase(), path, operation, language)),
  );
  return html`<section aria-labelledby="${anchorOf(tag.name)}">
<h2 id="${anchorOf(tag.name)}">${docsSentence(language, `area.${tag.name}`, tag.name)}</h2>
<p>${docsSentence(language, `about.${tag.name}`, tag.description)}</p>
${operations}
</section>`;
}
