import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import en from '../../../messages/en/link.json' with { type: 'json' };
import fr from '../../../messages/fr-CA/link.json' with { type: 'json' };
import { outcomes } from '../../../src/domain/attempt-moves.ts';
import { chooseForm } from '../../../src/http/link/choose-form.ts';
import { escapeHtml, html } from '../../../src/http/link/html.ts';
import { type Language, languageOf, languages } from '../../../src/http/link/language.ts';
import { type PageName, pageReply, pages } from '../../../src/http/link/page.ts';
import { textOf } from '../../../src/http/link/texts.ts';
import { aBusinessOf, aPerson, makeJourneyScene } from './journey-scene.ts';

const everyPage = Object.keys(pages).filter((name): name is PageName => name in pages);
const rows = everyPage.flatMap((name) => languages.map((language) => ({ name, language })));
const render = (name: PageName, language: Language, values: Record<string, string> = {}) =>
  pageReply({ name, language, values, inLanguage: (lang) => `/oauth/done?lang=${lang}` });
const hostile = `<script>alert(1)</script>"><img src=x onerror=alert(1)>'&{{7*7}}\u0000`;

describe('the texts', () => {
  it('are the same in number and name, and take the same values, in both languages', () => {
    const holes = (texts: Record<string, string>) =>
      Object.fromEntries(
        Object.entries(texts).map(([name, text]) => [
          name,
          (text.match(/\{\w+\}/g) ?? []).sort().filter((one, index, all) => all.indexOf(one) === index),
        ]),
      );

    expect(holes(fr)).toEqual(holes(en));
  });

  it('are translated, every one that is a sentence', () => {
    const same = Object.entries(en).filter(([name, text]) =>
      Object.entries(fr).some(([other, translated]) => other === name && translated === text),
    );

    expect(same).toEqual([]);
  });

  it('are all of use', () => {
    const used = new Set([
      ...everyPage.flatMap((name) => [`${name}.title`, `${name}.text`, `${name}.advice`]),
      ...['classic', 'client-only', 'no-account', 'inactive'].map((reason) => `reason.${reason}`),
      ...['legend', 'submit', 'missing', 'unfit'].map((name) => `choose.${name}`),
      ...['legend', 'submit', 'keep', 'same'].map((name) => `change.${name}`),
      ...['again', 'retry', 'return', 'look'].map((name) => `action.${name}`),
      ...['title', 'footer', 'languages'].map((name) => `page.${name}`),
    ]);

    expect(Object.keys(en).filter((name) => !used.has(name))).toEqual([]);
  });

  it('do not read a value twice', () => {
    expect(textOf('en', 'linked.text', { business: '{business}' })).toContain('{business} now shares');
  });
});

describe('every page', () => {
  it.each(rows)(
    '$name in $language is whole, in its language, and complete without scripts',
    ({ name, language }) => {
      const { body, status, headers } = render(name, language, { business: 'Maple', correlationId: 'r-1' });

      expect(status).toBe(pages[name].status);
      expect(headers).toMatchObject({
        'content-type': 'text/html; charset=utf-8',
        'content-language': language,
      });
      expect(body).toContain(`<html lang="${language}">`);
      expect(body).toContain(escapeHtml(textOf(language, `${name}.title`)));
      const content = String(body).replace(/<style>[\s\S]*<\/style>/, '');
      expect(content).not.toMatch(/undefined|\[object|\{\w+\}|<script|style="| on\w+=/);
      expect(String(body).match(/<h1>/g)).toHaveLength(1);
    },
  );

  it.each(rows)('$name in $language lets nothing in from elsewhere', ({ name, language }) => {
    const { headers, body } = render(name, language);
    const sheet = /<style>([\s\S]*)<\/style>/.exec(String(body))?.[1] ?? '';
    const hash = createHash('sha256').update(sheet).digest('base64');

    expect(headers['content-security-policy']).toBe(
      `default-src 'none'; style-src 'sha256-${hash}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
    );
    expect(headers).toMatchObject({
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    });
  });

  it('exists for every way in which a journey can end', () => {
    expect(outcomes.filter((outcome) => !everyPage.includes(outcome))).toEqual([]);
  });
});

describe('a name from FreshBooks', () => {
  it('is text and nothing else, whatever it holds', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.constant(hostile)), (name) => {
        const form = chooseForm({
          language: 'en',
          attemptId: 'a',
          businesses: [
            aBusinessOf('900', { name, businessId: name }),
            aBusinessOf('900', { name, unfit: 'classic' }),
          ],
          missing: false,
        });
        const plain = chooseForm({
          language: 'en',
          attemptId: 'a',
          businesses: [
            aBusinessOf('900', { name: 'x', businessId: 'x' }),
            aBusinessOf('900', { name: 'x', unfit: 'classic' }),
          ],
          missing: false,
        });

        const tags = (text: string) => text.match(/<\/?[a-z]+/g);
        expect(tags(form.text)).toEqual(tags(plain.text));
        expect(form.text.match(/"/g)).toHaveLength(plain.text.match(/"/g)?.length ?? 0);
      }),
    );
  });

  it('does no harm on the page of a linked connection', async () => {
    const scene = await makeJourneyScene();
    scene.freshBooks.addPerson(aPerson('900', [{ name: hostile }]));

    const page = await scene.browser().authorise(scene);

    expect(page.text).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(page.text).not.toMatch(/<script|<img/);
  });

  it('is escaped once, also inside other pieces', () => {
    expect(html`<p>${html`<b>${'<&>'}</b>`}</p>`.text).toBe('<p><b>&lt;&amp;&gt;</b></p>');
  });
});

describe('the query of a link', () => {
  it('does no harm on the page it comes back on', async () => {
    const scene = await makeJourneyScene();
    await scene.browser().authorise(scene);

    const page = await scene.browser().get(`/link/link-1?ref=${encodeURIComponent(hostile)}&%22%3E=1`);

    expect(page.text).toContain('Connect again');
    expect(page.text).not.toMatch(/<script|<img|onerror=alert\(1\)>/);
  });

  it.each(['//evil.test/link', '/link//evil.test', '/\\evil.test'])('%s leads nowhere else', async (path) => {
    const scene = await makeJourneyScene();
    const reply = await scene.handleWith()({
      method: 'GET',
      path,
      query: {},
      headers: {},
      cookies: {},
      body: '',
      requestId: 'r',
    });

    expect(reply.status).toBe(404);
    expect(String(reply.body)).not.toMatch(/href="(\/\/|\/\\|https?:)/);
  });
});

describe('the language', () => {
  const request = (given: { lang?: string; cookie?: string; accept?: string }) => ({
    method: 'GET',
    path: '/',
    query: given.lang === undefined ? {} : { lang: [given.lang] },
    headers: { 'accept-language': given.accept },
    cookies: given.cookie === undefined ? {} : { '__Host-ledgerlink-language': given.cookie },
    body: '',
    requestId: 'r',
  });

  it.each([
    [{}, 'en'],
    [{ accept: 'fr' }, 'fr-CA'],
    [{ accept: 'fr-FR,fr;q=0.9,en;q=0.8' }, 'fr-CA'],
    [{ accept: 'de,en;q=0.5,fr;q=0.7' }, 'fr-CA'],
    [{ accept: 'fr;q=0,en' }, 'en'],
    [{ accept: 'de' }, 'en'],
    [{ cookie: 'fr-CA', accept: 'en' }, 'fr-CA'],
    [{ lang: 'en', cookie: 'fr-CA', accept: 'fr' }, 'en'],
    [{ lang: 'fr', accept: 'en' }, 'fr-CA'],
    [{ lang: 'klingon', accept: 'fr' }, 'fr-CA'],
  ])('asked for as %j is %s', (given, language) => {
    expect(languageOf(request(given))).toBe(language);
  });

  it('is remembered once it was chosen, and every page leads to itself in the other one', async () => {
    const scene = await makeJourneyScene();
    const browser = scene.browser();

    await browser.get('/link/nothing?lang=fr');
    const page = await browser.get('/link/nothing');

    expect(page.text).toContain('Ce lien ne fonctionne pas');
    expect(page.text).toContain('href="/link/nothing?lang=en"');
  });

  it('is kept all the way to the end of the journey', async () => {
    const scene = await makeJourneyScene();

    const page = await scene.browser().authorise(scene, '900', '/link/link-1?lang=fr-CA');

    expect(page.text).toContain('FreshBooks est connecté');
  });
});

describe('an unknown way of asking', () => {
  it.each([
    ['POST', '/link/link-1', 'GET'],
    ['DELETE', '/oauth/callback', 'GET'],
    ['PUT', '/oauth/choose', 'GET, POST'],
  ])('%s %s is refused with what is possible', async (method, path, allow) => {
    const scene = await makeJourneyScene();

    const page = await scene.browser().request(method, path);

    expect(page.status).toBe(405);
    expect(page.headers['allow']).toBe(allow);
  });

  it('is answered with a page and a number even when we are broken', async () => {
    const scene = await makeJourneyScene();
    const broken = scene.handleWith({
      integration: {
        ...scene.integration,
        find: async () => {
          throw new Error('canary: the table is gone');
        },
      },
    });

    const reply = await broken({
      method: 'GET',
      path: '/link/link-1',
      query: {},
      headers: {},
      cookies: {},
      body: '',
      requestId: 'request-9',
    });

    expect(reply.status).toBe(500);
    expect(reply.body).toContain('request-9');
    expect(reply.body).not.toContain('canary');
  });
});
