import type { HttpReply } from '../request.ts';
import { Html, html } from './html.ts';
import { type Language, languages } from './language.ts';
import { style, styleHash } from './style.ts';
import { type TextName, textOf } from './texts.ts';

/** Every page of the link journey: its status, and how it looks at the customer. */
export const pages = {
  linked: { status: 200, mood: 'good' },
  'already-linked': { status: 200, mood: 'good' },
  'again-access': { status: 200, mood: 'info' },
  'again-app': { status: 200, mood: 'info' },
  'again-scopes': { status: 200, mood: 'info' },
  'again-person': { status: 200, mood: 'info' },
  choose: { status: 200, mood: 'info' },
  change: { status: 200, mood: 'info' },
  kept: { status: 200, mood: 'good' },
  working: { status: 202, mood: 'info' },
  waiting: { status: 202, mood: 'info' },
  cancelled: { status: 403, mood: 'info' },
  expired: { status: 410, mood: 'bad' },
  'unknown-attempt': { status: 410, mood: 'bad' },
  'other-browser': { status: 403, mood: 'bad' },
  'code-refused': { status: 400, mood: 'bad' },
  'freshbooks-down': { status: 503, mood: 'bad' },
  'keys-refused': { status: 503, mood: 'bad' },
  'scope-refused': { status: 503, mood: 'bad' },
  disabled: { status: 403, mood: 'bad' },
  'not-set-up': { status: 403, mood: 'bad' },
  interrupted: { status: 400, mood: 'bad' },
  gone: { status: 410, mood: 'bad' },
  'link-needed': { status: 403, mood: 'info' },
  'link-wrong': { status: 404, mood: 'bad' },
  'link-expired': { status: 410, mood: 'bad' },
  'link-used': { status: 410, mood: 'info' },
  'wrong-business': { status: 409, mood: 'bad' },
  'no-business': { status: 422, mood: 'bad' },
  classic: { status: 422, mood: 'bad' },
  'client-only': { status: 422, mood: 'bad' },
  'no-account': { status: 422, mood: 'bad' },
  inactive: { status: 422, mood: 'bad' },
  'unknown-link': { status: 404, mood: 'bad' },
  'not-allowed': { status: 405, mood: 'bad' },
  broken: { status: 500, mood: 'bad' },
} as const satisfies Record<string, { status: number; mood: 'good' | 'info' | 'bad' }>;
export type PageName = keyof typeof pages;

export type Action = { label: TextName; href: string };

export type Page = {
  name: PageName;
  language: Language;
  /** For the placeholders of its texts. */
  values?: Readonly<Record<string, string>>;
  /** What the page is for, between its text and its buttons. */
  content?: Html;
  /** The first is what most people want. */
  actions?: readonly Action[];
  /** The address of this page in another language. */
  inLanguage: (language: Language) => string;
  /** The page asks for itself again. */
  refreshSeconds?: number;
  /** Where a form of this page may lead besides our own origin. */
  formLeadsTo?: string;
};

/** A whole page as a reply: complete without scripts, closed to everything it does not need itself. */
export function pageReply(page: Page): HttpReply {
  const refresh = page.refreshSeconds;
  return {
    status: pages[page.name].status,
    headers: {
      ...guards(page.formLeadsTo),
      'content-type': 'text/html; charset=utf-8',
      'content-language': page.language,
      ...(refresh === undefined ? {} : { refresh: String(refresh) }),
    },
    cookies: [],
    body: documentOf(page).text,
  };
}

/** Sends the browser on with GET. */
export function seeOther(location: string, cookies: string[] = []): HttpReply {
  return { status: 303, headers: { ...guards(), location }, cookies, body: '' };
}

function guards(formLeadsTo?: string): Record<string, string> {
  const form = formLeadsTo === undefined ? "'self'" : `'self' ${formLeadsTo}`;
  return {
    'content-security-policy': `default-src 'none'; style-src ${styleHash}; form-action ${form}; base-uri 'none'; frame-ancestors 'none'`,
    // The address of a callback holds a code: it goes to nobody, and nothing on the way keeps the page.
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=()',
    'cross-origin-opener-policy': 'same-origin',
    'strict-transport-security': 'max-age=31536000',
    'x-robots-tag': 'noindex',
  };
}

function documentOf(page: Page): Html {
  const { name, language, values } = page;
  const text = (key: TextName) => textOf(language, key, values);
  const title = text(`${name}.title`);
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${textOf(language, 'page.title', { title })}</title>
<style>${new Html(style)}</style>
</head>
<body>
<nav aria-label="${text('page.languages')}">${languages.map((one) => languageLink(page, one))}</nav>
<main>
<div class="card ${pages[name].mood}">
<div class="sign" aria-hidden="true">${signs[pages[name].mood]}</div>
<h1>${title}</h1>
<p>${text(`${name}.text`)}</p>
${page.content}
${name === 'choose' ? undefined : html`<p class="advice">${text(`${name}.advice`)}</p>`}
${actionsOf(page)}
</div>
</main>
<footer>${text('page.footer')}</footer>
</body>
</html>
`;
}

const languageNames: Readonly<Record<Language, string>> = { en: 'English', 'fr-CA': 'Français' };

function languageLink({ language, inLanguage }: Page, other: Language): Html {
  if (other === language)
    return html`<span lang="${other}" aria-current="true">${languageNames[other]}</span>`;
  return html`<a lang="${other}" hreflang="${other}" href="${inLanguage(other)}">${languageNames[other]}</a>`;
}

function actionsOf({ actions = [], language }: Page): Html | undefined {
  if (actions.length === 0) return undefined;
  const links = actions.map(
    ({ label, href }, index) =>
      html`<a class="${index === 0 ? 'button first' : 'button'}" href="${href}">${textOf(language, label)}</a>`,
  );
  return html`<div class="actions">${links}</div>`;
}

const signs = {
  good: html`<svg viewBox="0 0 24 24"><path d="M5 12.5l4.5 4.5L19 7.5"/></svg>`,
  info: html`<svg viewBox="0 0 24 24"><path d="M12 10.8v7.2M12 6.2v.1"/></svg>`,
  bad: html`<svg viewBox="0 0 24 24"><path d="M12 5.8v7.6M12 17.8v.1"/></svg>`,
} as const;
