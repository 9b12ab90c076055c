import { expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import en from '../../../messages/en/health.json' with { type: 'json' };
import { type Action, reasonNames, reasons } from '../../../src/domain/health.ts';
import { describePortal } from './describe-portal.ts';
import type { FakeLedgerlink } from './fake/fake-ledgerlink.ts';
import { patience } from './open-portal.ts';

/** What the portal offers for each action, by hand: the name of a button or a link, or nothing. */
const offered: Readonly<Record<Action, string | undefined>> = {
  none: undefined,
  wait: undefined,
  'send-link': 'Copy the link',
  'authorise-again': 'Copy the link',
  'set-up': 'Go to the FreshBooks settings',
  enable: 'Go to the FreshBooks settings',
  'save-keys': 'Go to the FreshBooks settings',
  'check-app': 'Go to the FreshBooks settings',
  'ask-for-scope': 'Go to the FreshBooks settings',
  'check-role': undefined,
  'check-plan': undefined,
  'check-plan-and-role': undefined,
  'ask-freshbooks': undefined,
  'check-account': undefined,
  refresh: 'Refresh data',
  'take-back': undefined,
  'read-log': 'Copy the connection ID',
};
const everyMeans = ['Copy the link', 'Go to the FreshBooks settings', 'Copy the connection ID'];
const sentences: Readonly<Record<string, string>> = en;

const linked = (server: FakeLedgerlink) => {
  server.setUp();
  server.addCompany('Busy Agency', { id: 'connection-1', status: 'Linked', businessName: 'Busy Inc.' });
};

const reasonOf = (ledgerlink: FakeLedgerlink) => {
  const connection = ledgerlink.companies[0]?.connections[0];
  if (!connection) throw new Error('there is no connection');
  return connection;
};

const shown = async (page: Page, name: string) =>
  (await page.getByRole('button', { name, exact: true }).count()) +
  (await page.getByRole('link', { name, exact: true }).count());

describePortal('health in the portal', (portal) => {
  it(
    'tells every reason in a sentence, with the one next action and what does it',
    async () => {
      const { page, ledgerlink } = await portal.open('/companies', linked);
      await page.getByRole('link', { name: 'Busy Agency' }).click();

      for (const reason of reasonNames) {
        reasonOf(ledgerlink).reason = reason;
        await page.reload();
        await page.getByText(sentences[`reason.${reason}`] ?? 'no sentence').waitFor();

        const { state, action } = reasons[reason];
        const says = await page.getByText(sentences[`action.${action}`] ?? 'no sentence').count();
        expect([reason, says]).toEqual([reason, state === 'ok' ? 0 : 1]);
        const means = await Promise.all(everyMeans.map(async (name) => (await shown(page, name)) > 0));
        expect([reason, means]).toEqual([reason, everyMeans.map((name) => name === offered[action])]);
      }
    },
    patience,
  );

  it(
    'copies the very link that the customer has to follow',
    async () => {
      const { page, ledgerlink, url } = await portal.open('/companies', linked);
      reasonOf(ledgerlink).reason = 'scopes-changed';

      await page.getByRole('link', { name: 'Busy Agency' }).click();
      await page.getByRole('button', { name: 'Copy the link' }).click();

      const copied = await page.evaluate('navigator.clipboard.readText()');
      expect(copied).toBe(`${url}/link/token-of-connecti?again=yes`);
    },
    patience,
  );

  it(
    'refreshes from where it says that a refresh is what is needed',
    async () => {
      const { page, ledgerlink } = await portal.open('/companies', linked);
      reasonOf(ledgerlink).reason = 'cancelled';

      await page.getByRole('link', { name: 'Busy Agency' }).click();
      await page.getByText('The last read was cancelled.').waitFor();
      await page.getByRole('button', { name: 'Refresh data' }).last().click();

      await page.getByText('A refresh was asked for.').waitFor();
      expect(ledgerlink.refreshed).toHaveLength(1);
    },
    patience,
  );

  it(
    'answers why a data type is not current, beside the connection, its consent and its schedule',
    async () => {
      const { page, ledgerlink } = await portal.open('/companies', linked);
      ledgerlink.statuses = { invoices: 'Complete', taxRates: 'PermissionsError' };

      await page.getByRole('link', { name: 'Busy Agency' }).click();
      await page.getByRole('link', { name: 'Why is this current, or not?' }).click();

      const taxRates = page.getByRole('row', { name: /Tax rates/ });
      await taxRates.getByText(sentences['reason.role-may-not-read'] ?? '').waitFor();
      await taxRates.getByText(sentences['action.check-role'] ?? '').waitFor();
      const estimates = page.getByRole('row', { name: /estimates.*FreshBooks did not answer in time/ });
      await estimates.getByText(sentences['action.wait'] ?? '').waitFor();
      await page.getByText(/Version 1, an older one/).waitFor();
      await page.getByText('user:reports:read').waitFor();
      await page.getByText('Invoices: asked for 2 minutes ago (the schedule)').waitFor();
      await page.getByRole('button', { name: /Every renewal/ }).click();
      await page.getByRole('cell', { name: 'a04be2' }).waitFor();
    },
    patience,
  );

  it(
    'asks again in the other language when that is chosen',
    async () => {
      const { page } = await portal.open('/companies', linked);
      await page.getByRole('link', { name: 'Busy Agency' }).click();
      await page.getByText('Everything is read and current.').waitFor();

      await page.getByRole('button', { name: 'Language: English' }).click();
      await page.getByRole('menuitem', { name: 'Français (Canada)' }).click();

      await page.getByText('Tout est lu et à jour.').waitFor();
    },
    patience,
  );
});
