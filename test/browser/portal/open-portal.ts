import { inspect } from 'node:util';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { buildPortal } from './build-portal.ts';
import { executablePath, flags } from './chromium.ts';
import type { FakeLedgerlink } from './fake/fake-ledgerlink.ts';
import { startFakeIssuer } from './fake-issuer.ts';
import { startPortalServer } from './portal-server.ts';

const clientId = 'portal';

/** How long a test may take, in milliseconds: for a machine that is busy with much else. */
export const patience = 180_000;

type View = { language?: 'en' | 'fr-CA'; width?: number; height?: number };

type PortalPage = {
  page: Page;
  ledgerlink: FakeLedgerlink;
  /** Everything the browser complained of: errors on the page, and what the policy stopped. */
  complaints: string[];
  url: string;
};

export type Portal = {
  /** A fresh browser profile, signed in, on a page of the portal (`/companies`). */
  open: (path: string, prepare?: (ledgerlink: FakeLedgerlink) => void, view?: View) => Promise<PortalPage>;
  signIns: () => number;
  stop: () => Promise<void>;
};

/** Builds the portal, starts everything around it and one browser. */
export async function startPortal(): Promise<Portal> {
  const folder = await buildPortal();
  const issuer = await startFakeIssuer(clientId);
  const browser = await launch();
  const stops: (() => Promise<void>)[] = [];
  const mistakes: Error[] = [];

  const open: Portal['open'] = async (path, prepare = () => undefined, view = {}) => {
    const server = await startPortalServer(folder, issuer.url, clientId);
    prepare(server.ledgerlink);
    const context = await contextFor(browser, view);
    stops.push(async () => {
      await context.close();
      await server.stop();
      mistakes.push(...server.mistakes);
    });
    const page = await context.newPage();
    page.setDefaultTimeout(patience / 3);
    const complaints = listenForComplaints(page);
    await page.addInitScript(reportPolicy);
    await page.goto(`${server.url}/portal${path}`);
    await page.locator('#top-bar').waitFor();
    await page.getByRole('heading', { level: 1 }).waitFor();
    return { page, ledgerlink: server.ledgerlink, complaints, url: server.url };
  };

  return {
    open,
    signIns: issuer.signIns,
    stop: async () => {
      for (const stop of stops) await stop();
      await browser.close();
      await issuer.stop();
      if (mistakes.length > 0) throw new AggregateError(mistakes, inspect(mistakes, { depth: 5 }));
    },
  };
}

function launch(): Promise<Browser> {
  return chromium.launch({ executablePath, headless: true, args: [...flags] });
}

function contextFor(browser: Browser, view: View): Promise<BrowserContext> {
  return browser.newContext({
    locale: view.language ?? 'en-CA',
    timezoneId: 'America/Toronto',
    viewport: { width: view.width ?? 1280, height: view.height ?? 900 },
    permissions: ['clipboard-read', 'clipboard-write'],
    reducedMotion: 'reduce',
  });
}

/** Runs in the page: what the policy stopped is said there, even where the page's own code caught it. */
const reportPolicy = `addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI, sample }) =>
  console.error('stopped by the policy:', effectiveDirective, blockedURI, sample))`;

function listenForComplaints(page: Page): string[] {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  return complaints;
}
