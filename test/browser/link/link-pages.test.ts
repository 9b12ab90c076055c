import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import type { FreshBooksOAuth } from '../../../src/app/ports.ts';
import { chooseForm, unfitBusinesses } from '../../../src/http/link/choose-form.ts';
import { type Language, languages } from '../../../src/http/link/language.ts';
import { type PageName, pageReply, pages } from '../../../src/http/link/page.ts';
import { aBusinessOf, aPerson, type JourneyScene, makeJourneyScene } from '../../unit/link/journey-scene.ts';
import { executablePath } from '../portal/chromium.ts';
import { describeInBrowser } from '../portal/describe-in-browser.ts';
import type { Running } from '../portal/serve.ts';
import { serveElsewhere, serveLink } from './link-server.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'];
const quiet = ['--disable-background-networking', '--disable-component-update', '--disable-sync'];

const longName = 'Atelier Gagné, design et fabrication de meubles sur mesure & cie';
const businesses = [
  aBusinessOf('900', { businessId: '1', accountId: 'a1', name: 'North' }),
  aBusinessOf('900', { businessId: '2', accountId: 'a2', name: longName }),
  aBusinessOf('900', { businessId: '3', accountId: '', name: 'Old', unfit: 'classic' }),
];
const names = Object.keys(pages).filter((name): name is PageName => name in pages);

let browser: Browser;
let context: BrowserContext;
let page: Page;

async function open(options: Parameters<Browser['newContext']>[0] = {}): Promise<void> {
  context = await browser.newContext(options);
  page = await context.newPage();
}

function contentOf(name: PageName, language: Language) {
  if (name === 'choose') return chooseForm({ language, attemptId: 'a', businesses, missing: true });
  return name === 'classic' ? unfitBusinesses(language, businesses) : undefined;
}

/** Every page at `/<name>?lang=<language>`, with everything on it that it may hold. */
function gallery(): Promise<Running> {
  return serveLink(async ({ path, query }) => {
    const name = names.find((one) => one === path.slice(1)) ?? 'unknown-link';
    const language = languages.find((one) => one === query['lang']?.[0]) ?? 'en';
    const content = contentOf(name, language);
    return pageReply({
      name,
      language,
      values: { business: longName, correlationId: 'request-1' },
      inLanguage: (lang) => `/${name}?lang=${lang}`,
      actions: [
        { label: 'action.retry', href: '/x' },
        { label: 'action.return', href: '/y' },
      ],
      ...(content === undefined ? {} : { content }),
    });
  });
}

/** One browser for the tests of a group, a fresh profile for each test. */
function inOneBrowser(): void {
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath, args: [...flags, ...quiet] });
  }, 300_000);
  afterEach(() => context?.close());
  afterAll(() => browser?.close());
}

describeInBrowser('the pages of the link journey in a browser', () => {
  inOneBrowser();
  let server: Running;
  beforeAll(async () => {
    server = await gallery();
  });
  afterAll(() => server.stop());

  // One page of each build: the others differ from them by their words alone.
  it.each(['light', 'dark'] as const)(
    'have in %s no fault that axe knows',
    async (colorScheme) => {
      // The rules are handed to the page as a script, which its own policy rightly refuses.
      await open({ bypassCSP: true, colorScheme, viewport: { width: 390, height: 800 } });
      const faults: string[] = [];
      for (const language of languages) {
        for (const name of ['linked', 'choose', 'classic'] as const) {
          await page.goto(`${server.url}/${name}?lang=${language}`);
          await page.evaluate(axe);
          const { violations } = await page.evaluate<{ violations: { id: string }[] }>('axe.run(document)');
          faults.push(...violations.map(({ id }) => `${name} ${language}: ${id}`));
        }
      }

      expect(faults).toEqual([]);
    },
    300_000,
  );

  it('fit the narrowest phone, every one in both languages', async () => {
    await open({ viewport: { width: 320, height: 640 } });
    const tooWide: string[] = [];
    for (const language of languages) {
      for (const name of names) {
        await page.goto(`${server.url}/${name}?lang=${language}`);
        const wider = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
        if (wider > 0) tooWide.push(`${name} ${language}: by ${wider} pixels`);
      }
    }

    expect(tooWide).toEqual([]);
  }, 300_000);

  it('are styled under their own policy, which refuses everything else', async () => {
    await open();
    const refused: string[] = [];
    page.on('console', (message) => refused.push(message.text()));
    await page.goto(`${server.url}/linked?lang=en`);

    expect(await page.evaluate('getComputedStyle(document.querySelector("h1")).fontWeight')).toBe('700');
    expect(await page.evaluate('getComputedStyle(document.querySelector(".card")).borderRadius')).not.toBe(
      '0px',
    );
    expect(refused).toEqual([]);
  });
});

describeInBrowser('a customer with a real browser and no scripts', () => {
  inOneBrowser();
  let scene: JourneyScene;
  let server: Running;
  /** FreshBooks' consent page and the deployer's own page, on another site: the ways back and out cross sites. */
  let elsewhere: Running;

  beforeEach(async () => {
    scene = await makeJourneyScene();
    const { freshBooks } = scene;
    freshBooks.addPerson({ ...aPerson('900'), businesses });
    elsewhere = await serveElsewhere((url) => {
      const { code, state } = freshBooks.consent(url, '900');
      return `${server.url}/oauth/callback?${new URLSearchParams({ code, state })}`;
    });
    const oauth: FreshBooksOAuth = {
      authorizeUrl: (request) => {
        const url = new URL(freshBooks.authorizeUrl(request));
        return `${elsewhere.url}/consent${url.search}`;
      },
      exchange: (keys, request) => freshBooks.exchange(keys, request),
      refresh: (keys, request) => freshBooks.refresh(keys, request),
      revoke: (keys, token) => freshBooks.revoke(keys, token),
      whoIs: (token) => freshBooks.whoIs(token),
    };
    server = await serveLink(scene.handleWith({ oauth }));
    await open({ javaScriptEnabled: false, locale: 'fr-CA' });
  });
  afterEach(async () => {
    await server.stop();
    await elsewhere.stop();
  });

  it('goes all the way by keyboard, in French, and ends on the page that says so', async () => {
    await page.goto(`${server.url}/link/link-1`);
    await page.click('text=Allow');
    await page.waitForURL('**/oauth/choose');
    await page.focus('input[value="1"]');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/oauth/done');

    expect(await page.textContent('h1')).toBe('FreshBooks est connecté');
    expect(await page.textContent('main')).toContain(longName);
    expect((await scene.connection()).business?.businessId).toBe('2');
  }, 300_000);

  it('ends on the page of the deployer, through a form that may lead there', async () => {
    await scene.linkSettings.save({ redirectUrl: `${elsewhere.url}/linked?s={statusCode}` });
    await page.goto(`${server.url}/link/link-1`);
    await page.click('text=Allow');
    await page.waitForURL('**/oauth/choose');
    await page.check('input[value="1"]');
    await page.click('button');

    await page.waitForURL(`${elsewhere.url}/linked?s=200`);
    expect(await page.textContent('body')).toBe('Allow');
  }, 300_000);

  it('takes no code in the browser of somebody else', async () => {
    await page.goto(`${server.url}/link/link-1`);
    const back = await page.getAttribute('a', 'href');
    await context.close();
    await open({ javaScriptEnabled: false });

    const reply = await page.goto(back ?? '');

    expect(reply?.status()).toBe(403);
    expect((await scene.connection()).state).toBe('PendingAuth');
  }, 300_000);
});
