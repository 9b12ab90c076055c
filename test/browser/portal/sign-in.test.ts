import { expect, it } from '@jest/globals';
import { describePortal } from './describe-portal.ts';
import { patience } from './open-portal.ts';

describePortal('signing in to the portal', (portal) => {
  it(
    'sends a person who is not signed in to the issuer and back to the page asked for',
    async () => {
      const before = portal.signIns();

      const { page, url } = await portal.open('/settings/api-keys');

      expect(portal.signIns()).toBe(before + 1);
      expect(page.url()).toBe(`${url}/portal/settings/api-keys`);
      await page.getByRole('button', { name: /admin@ledger\.example/ }).waitFor();
    },
    patience,
  );

  it(
    'keeps a person signed in over a reload, without another visit to the issuer',
    async () => {
      const { page } = await portal.open('/companies');
      const before = portal.signIns();

      await page.reload();

      await page.getByRole('heading', { level: 1, name: 'Companies' }).waitFor();
      expect(portal.signIns()).toBe(before);
    },
    patience,
  );

  it(
    'keeps tokens in the tab alone',
    async () => {
      const { page } = await portal.open('/companies');

      expect(await page.evaluate('JSON.stringify(localStorage)')).not.toContain('token');
      expect(await page.context().cookies()).toEqual([]);
    },
    patience,
  );

  it(
    'signs in again when the server does not take the token any more, and comes back to the page',
    async () => {
      const { page, ledgerlink, url } = await portal.open('/companies');
      const before = portal.signIns();
      ledgerlink.refuseTokens = 1;

      await page.getByRole('link', { name: 'API keys' }).click();

      await page.getByText('No API keys yet').waitFor();
      expect(portal.signIns()).toBe(before + 1);
      expect(page.url()).toBe(`${url}/portal/settings/api-keys`);
    },
    patience,
  );

  it(
    'signs out here and at the issuer',
    async () => {
      const { page } = await portal.open('/companies');

      await page.getByRole('button', { name: /admin@ledger\.example/ }).click();
      await page.getByRole('menuitem', { name: 'Sign out' }).click();

      await page.waitForURL(/\/logout\?/);
      expect(new URL(page.url()).searchParams.get('post_logout_redirect_uri')).toMatch(/\/portal\/$/);
      await page.goBack();
      expect(await page.evaluate('JSON.stringify(sessionStorage)')).not.toContain('access_token');
    },
    patience,
  );

  it(
    'says in words that a sign-in did not succeed, and offers to try again',
    async () => {
      const { page, url } = await portal.open('/companies');

      await page.goto(`${url}/portal/signed-in?code=made-up&state=made-up`);

      await page.getByText('You could not be signed in').waitFor();
      await page.getByRole('link', { name: 'Sign in again' }).click();
      await page.getByRole('heading', { level: 1, name: 'Companies' }).waitFor();
    },
    patience,
  );
});
