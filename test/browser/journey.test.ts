import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type Browser, type BrowserContext, chromium } from 'playwright-core';
import { awaitSync } from '../e2e/control.ts';
import { type RunningStack, startStack, temporaryState } from '../e2e/running-stack.ts';
import { executablePath, flags } from './portal/chromium.ts';
import { describeInBrowser } from './portal/describe-in-browser.ts';

// The whole way on the real stack: the deployer sets FreshBooks up in the portal, the customer links on a phone.
const patience = 180_000;

describeInBrowser('from an empty start to linked books', () => {
  let stack: RunningStack;
  let browser: Browser;
  let removeState: () => Promise<void>;

  beforeAll(async () => {
    const { state, remove } = await temporaryState();
    removeState = remove;
    stack = await startStack(state, ['--empty']);
    browser = await chromium.launch({ executablePath, args: [...flags] });
  }, patience);

  afterAll(async () => {
    await browser?.close();
    await stack?.stop();
    await removeState?.();
  }, patience);

  const profile = (width: number): Promise<BrowserContext> =>
    browser.newContext({ locale: 'en-CA', viewport: { width, height: 850 } });

  it(
    'signs in, sets up, enables, creates a company, links it and sees it synced',
    async () => {
      const { ready } = stack;
      const [, email = '', password = ''] = /sign in as (\S+) with (\S+)/.exec(stack.output()) ?? [];
      const portal = await (await profile(1280)).newPage();
      portal.setDefaultTimeout(patience / 4);
      await portal.goto(ready.portalUrl);
      await portal.locator('input[type=email], input[name=email], input[name=login]').first().fill(email);
      await portal.locator('input[type=password]').fill(password);
      await portal.locator('button[type=submit]').click();
      await portal.waitForURL('**/portal/companies');

      await portal.goto(`${ready.portalUrl}settings/integrations/accounting/freshbooks`);
      await portal.getByRole('textbox', { name: 'Client ID' }).fill(ready.simulator.app.clientId);
      await portal.locator('input[type=password]').fill(ready.simulator.app.clientSecret);
      await portal.getByRole('button', { name: 'Save', exact: true }).click();
      await portal.getByRole('button', { name: 'Enable now' }).click();
      await portal.getByText('Enabled', { exact: true }).first().waitFor();
      expect(await portal.content()).not.toContain(ready.simulator.app.clientSecret);

      await portal.goto(`${ready.portalUrl}companies`);
      await portal
        .getByRole('button', { name: /Create/ })
        .first()
        .click();
      await portal.locator('[role=dialog] input').first().fill('Busy Agency');
      await portal
        .locator('[role=dialog] button', { hasText: /Create/ })
        .last()
        .click();
      const link = portal.getByText(/\/link\/company\/[\w-]{43}$/).first();
      const address = (await link.textContent())?.trim() ?? '';

      const phone = await (await profile(390)).newPage();
      phone.setDefaultTimeout(patience / 4);
      await phone.goto(address);
      await phone.getByText('Alex Morgan').click();
      await phone.getByRole('button', { name: 'Allow' }).click();
      await phone.getByText('Tiny Studio', { exact: true }).click();
      await phone.getByRole('button', { name: 'Connect this business' }).click();
      await phone.getByRole('heading', { name: /is connected/ }).waitFor();
      expect(new URL(phone.url()).search).not.toMatch(/code|state/);

      const [companyId = ''] = /[0-9a-f-]{36}/.exec(portal.url()) ?? [];
      await awaitSync(ready, { id: companyId, name: 'Busy Agency', connectionId: '' });
      await portal.reload();
      await portal.getByText('Linked', { exact: true }).first().waitFor();
      await portal.getByText('Tiny Studio').first().waitFor();
    },
    patience,
  );
});
