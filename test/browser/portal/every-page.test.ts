import { expect, it } from '@jest/globals';
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { describePortal } from './describe-portal.ts';
import type { FakeLedgerlink } from './fake/fake-ledgerlink.ts';
import { patience } from './open-portal.ts';

const bare = () => undefined;
const full = (server: FakeLedgerlink) => {
  server.setUp();
  const deauthorized = { id: 'connection-2', status: 'Deauthorized', businessName: 'Ostrich' } as const;
  server.awaiting = [server.addCompany('Ostrich Trading Ltd', deauthorized)];
  server.addCompany('Busy Agency', {
    id: 'connection-1',
    status: 'Linked',
    businessName: 'Busy Agency Inc.',
  });
  server.statuses = { company: 'Complete', invoices: 'FetchError', taxRates: 'PermissionsError' };
  server.webhooks = [endpoint];
  server.held = server.awaiting;
  server.onOlderKeys = server.awaiting;
  server.controls = [
    { report: 'accounts_aging', currency: 'CAD', ours: 12, theirs: 12.5, verdict: 'differs' },
    { report: 'taxsummary', currency: 'XXX', verdict: 'not comparable', why: 'It was not read in this run.' },
  ];
  server.addKey('Reporting job', { lastUsedDate: '2026-03-02T12:00:00.000Z' });
};

const endpoint = {
  id: 'w1',
  url: 'https://app.example/hooks',
  disabled: true,
  disabledReason: 'gone',
  eventTypes: ['read.completed'],
  companyTags: ['region:west'],
  createdDate: '2026-03-01T14:05:00.000Z',
  health: 'disabled',
  lastSequence: 2,
  deliveries: [
    {
      eventId: 'event-2',
      eventType: 'read.completed',
      sequence: 2,
      status: 'Attempting',
      createdDate: '2026-03-03T08:15:00.000Z',
      nextAttempt: '2026-03-03T09:15:00.000Z',
      attempts: [{ at: '2026-03-03T08:15:01.000Z', milliseconds: 120, status: 410 }],
    },
  ],
} satisfies FakeLedgerlink['webhooks'][number];

const accounting = '/settings/integrations/accounting';
const pages = [
  ['/companies', { en: 'Companies', 'fr-CA': 'Entreprises' }],
  [accounting, { en: 'Accounting integrations', 'fr-CA': 'Intégrations comptables' }],
  [`${accounting}/freshbooks`, { en: 'FreshBooks', 'fr-CA': 'FreshBooks' }],
  ['/settings/sync', { en: 'Sync settings', 'fr-CA': 'Synchronisation' }],
  ['/settings/webhooks', { en: 'Webhooks', 'fr-CA': 'Webhooks' }],
  ['/settings/api-keys', { en: 'API keys', 'fr-CA': 'Clés d’API' }],
  ['/settings/link', { en: 'Link', 'fr-CA': 'Liaison' }],
  ['/nowhere', { en: 'Page not found', 'fr-CA': 'Page introuvable' }],
] as const;

type Violation = { id: string; nodes: { html: string }[] };

/**
 * Cloudscape's own: on a phone its bar around the menu button is a `nav` with an orientation, which a `nav` may not
 * have. It hides nothing from anybody.
 */
const known = (html: string) => html.includes('aria-orientation') && html.startsWith('<nav');

/** What axe finds wrong with the page as it is now, by rule. */
async function faultsOf(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const found = await page.evaluate<{ violations: Violation[] }>('axe.run(document)');
  return found.violations.flatMap(({ id, nodes }) =>
    nodes.filter(({ html }) => !known(html)).map(({ html }) => `${id}: ${html}`),
  );
}

const overflow = (page: Page) =>
  page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');

describePortal('every page of the portal', (portal) => {
  const views = [
    ['en', 1280],
    ['en', 390],
    ['fr-CA', 1280],
    ['fr-CA', 390],
  ] as const;

  it.each(views)(
    'speaks %s, fits %i pixels and has no fault that axe knows, empty and full',
    async (language, width) => {
      for (const [state, prepare] of [
        ['empty', bare],
        ['full', full],
      ] as const) {
        const { page, url, complaints } = await portal.open('/companies', prepare, { language, width });
        for (const [path, titles] of pages) {
          await page.goto(`${url}/portal${path}`);
          await settled(page, titles[language]);

          const where = `${state} ${path}`;
          expect([where, await page.locator('html').getAttribute('lang')]).toEqual([where, language]);
          expect([where, await page.title()]).toEqual([where, `${titles[language]} · Ledgerlink`]);
          expect([where, await overflow(page)]).toEqual([where, 0]);
          expect([where, await faultsOf(page)]).toEqual([where, []]);
        }
        expect(complaints).toEqual([]);
      }
    },
    patience,
  );

  it.each(['en', 'fr-CA'] as const)(
    'has no fault on a company’s tabs and in its dialogs in %s',
    async (language) => {
      const { page, url, complaints } = await portal.open('/companies', full, { language });

      await page.getByRole('link', { name: 'Busy Agency' }).click();
      for (const tab of [0, 1, 2, 3]) {
        await page.getByRole('tab').nth(tab).click();
        await settled(page, 'Busy Agency');
        expect(await faultsOf(page)).toEqual([]);
      }
      for (const behind of [
        '{company}/connections/connection-1/health',
        '{company}/proof/invoices',
        '/settings/webhooks/w1',
      ]) {
        const company = new URL(page.url()).pathname.replace(/^\/portal(\/companies\/[^/]+).*/, '$1');
        await page.goto(`${url}/portal${behind.replace('{company}', company)}`);
        await page
          .getByText(/Busy Agency|app\.example/)
          .first()
          .waitFor();
        await settled(page);
        expect([behind, await overflow(page)]).toEqual([behind, 0]);
        expect([behind, await faultsOf(page)]).toEqual([behind, []]);
        await page.goBack();
        await settled(page, 'Busy Agency');
      }
      await page.getByRole('button', { name: /Delete company|Supprimer l’entreprise/ }).click();
      await page.getByRole('dialog').waitFor();
      expect(await faultsOf(page)).toEqual([]);
      expect(complaints).toEqual([]);
    },
    patience,
  );

  it(
    'changes language in the header, remembers it, and asks the server in it',
    async () => {
      const { page, ledgerlink } = await portal.open('/companies');

      await page.getByRole('button', { name: 'Language: English' }).click();
      await page.getByRole('menuitem', { name: 'Français (Canada)' }).click();
      await page.getByRole('heading', { level: 1, name: 'Entreprises' }).waitFor();
      await page.reload();

      await page.getByRole('heading', { level: 1, name: 'Entreprises' }).waitFor();
      await page.getByText('Aucune entreprise pour l’instant').waitFor();
      expect(ledgerlink.languages.at(-1)).toBe('fr-CA');
    },
    patience,
  );
});

async function settled(page: Page, title?: string) {
  const heading = title === undefined ? { level: 1 } : { level: 1, name: title, exact: true };
  await page.getByRole('heading', heading).waitFor();
  await page
    .getByText(/^(Loading|Chargement en cours)$/)
    .first()
    .waitFor({ state: 'detached' });
}
