import { expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { describePortal } from './describe-portal.ts';
import type { FakeLedgerlink } from './fake/fake-ledgerlink.ts';
import { patience } from './open-portal.ts';

type FakeWebhook = FakeLedgerlink['webhooks'][number];

const url = 'https://app.example/hooks';
const id = 'w1';
const failing: FakeWebhook['deliveries'][number] = {
  eventId: 'event-2',
  eventType: 'read.completed',
  sequence: 2,
  status: 'Attempting',
  createdDate: '2026-03-03T08:15:00.000Z',
  nextAttempt: '2026-03-03T09:15:00.000Z',
  attempts: [
    { at: '2026-03-03T08:15:01.000Z', milliseconds: 120, status: 500 },
    { at: '2026-03-03T08:15:06.000Z', milliseconds: 15_000, error: 'timeout' },
  ],
};

const withWebhook =
  (webhook: Partial<FakeWebhook> = {}) =>
  (server: FakeLedgerlink) => {
    server.webhooks = [
      {
        id,
        url,
        disabled: false,
        eventTypes: ['read.completed'],
        companyTags: ['region:west'],
        createdDate: '2026-03-01T14:05:00.000Z',
        health: 'healthy',
        lastSequence: 120,
        deliveries: [],
        ...webhook,
      },
    ];
  };
const place = `/settings/webhooks/${id}`;
const copied = (page: Page) => page.evaluate('navigator.clipboard.readText()');

async function choose(page: Page, menu: string, item: string) {
  await page.getByRole('button', { name: menu, exact: true }).first().click();
  await page.getByRole('menuitem', { name: item, exact: true }).click();
}

describePortal('webhooks in the portal', (portal) => {
  it(
    'creates one for some event types and companies, and shows its secret this once',
    async () => {
      const { page, ledgerlink } = await portal.open('/settings/webhooks');

      await page.getByRole('button', { name: 'Create webhook' }).first().click();
      await page.getByRole('textbox', { name: 'Endpoint URL' }).fill(` ${url} `);
      await page.getByRole('button', { name: /Event types/ }).click();
      await page.getByRole('option', { name: /^read\.completed Data was read, or/ }).click();
      await page.keyboard.press('Escape');
      await page.getByLabel('Company tags – optional').fill('region:west\n\ntier:gold ');
      await page.getByRole('button', { name: 'Create', exact: true }).click();
      await page.getByRole('button', { name: 'Copy: Signing secret' }).click();
      const secret = String(await copied(page));
      expect(secret).toMatch(/^whsec_/);
      await page.getByRole('button', { name: 'I have copied it' }).click();

      await page.getByRole('link', { name: url }).waitFor();
      expect(await page.content()).not.toContain(secret);
      expect(ledgerlink.webhooks).toEqual([
        expect.objectContaining({
          url,
          eventTypes: ['read.completed'],
          companyTags: ['region:west', 'tier:gold'],
        }),
      ]);
    },
    patience,
  );

  it(
    'shows what an endpoint answered last, how often it was tried and when it is tried again',
    async () => {
      const { page } = await portal.open(place, withWebhook({ deliveries: [failing] }));

      const row = page.getByRole('row', { name: /read\.completed/ });
      await row.getByText('Failed, is tried again').waitFor();
      await row.getByText('No answer in time').waitFor();
      await row.getByText('15000 ms, attempts: 2').waitFor();
      await row.getByText(/Next attempt: Mar/).waitFor();
    },
    patience,
  );

  it(
    'sends one event again, all that failed, and a range of them',
    async () => {
      const { page, ledgerlink } = await portal.open(place, withWebhook({ deliveries: [failing] }));

      await page.getByRole('button', { name: 'Send again: read.completed, number 2' }).click();
      await page.getByText('1 event is sent again.').waitFor();
      await choose(page, 'Send again', 'All that failed');
      await page.getByText('2 events are sent again.').waitFor();
      await choose(page, 'Send again', 'A range of events');
      await page.getByLabel('From number').fill('11');
      await page.getByLabel('Up to number').fill('5');
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('button', { name: 'Send again' }).click();
      await page.getByText('Enter two whole numbers, the smaller one first.').waitFor();
      await page.getByLabel('Up to number').fill('20');
      await dialog.getByRole('button', { name: 'Send again' }).click();
      await dialog.waitFor({ state: 'detached' });

      expect(ledgerlink.replays).toEqual([{ eventId: 'event-2' }, { failed: true }, { after: 10, upTo: 20 }]);
    },
    patience,
  );

  it(
    'goes on with a range that the server takes in parts, and counts all of it',
    async () => {
      const { page, ledgerlink } = await portal.open(place, withWebhook());
      ledgerlink.replayUpTo = 110;

      await choose(page, 'Send again', 'A range of events');
      await page.getByRole('dialog').getByRole('button', { name: 'Send again' }).click();

      await page.getByText('2 events are sent again.').waitFor();
      expect(ledgerlink.replays).toEqual([
        { after: 20, upTo: 120 },
        { after: 110, upTo: 120 },
      ]);
    },
    patience,
  );

  it(
    'makes a new secret, and says until when the former one signs as well',
    async () => {
      const { page } = await portal.open(place, withWebhook());

      await choose(page, 'Actions', 'New signing secret');
      await page.getByRole('button', { name: 'Make the new secret' }).click();

      await page.getByText(/The former secret signs as well until Mar/).waitFor();
      await page.getByRole('button', { name: 'Copy: Signing secret' }).click();
      expect(await copied(page)).toMatch(/^whsec_/);
    },
    patience,
  );

  it(
    'says that an endpoint that answered 410 is disabled, and enables it again as it was',
    async () => {
      const { page, ledgerlink } = await portal.open(
        place,
        withWebhook({ disabled: true, disabledReason: 'gone', health: 'disabled' }),
      );

      await page.getByText('The endpoint answered 410 (gone)').waitFor();
      expect(await page.getByRole('button', { name: 'Send a test event' }).isDisabled()).toBe(true);
      await page.getByRole('button', { name: 'Enable again' }).click();

      await page.getByText('The webhook is enabled.').waitFor();
      await page.getByText('Healthy').waitFor();
      expect(ledgerlink.webhooks[0]).toMatchObject({
        disabled: false,
        eventTypes: ['read.completed'],
        companyTags: ['region:west'],
      });
    },
    patience,
  );

  it(
    'sends a test event and shows it in the log',
    async () => {
      const { page, ledgerlink } = await portal.open(place, withWebhook());
      await page.getByText('Nothing was sent yet').waitFor();

      await page.getByRole('button', { name: 'Send a test event' }).click();

      await page.getByText(/A test event is on its way/).waitFor();
      await page.getByRole('row', { name: /webhook\.test/ }).waitFor();
      expect(ledgerlink.tests).toEqual([id]);
    },
    patience,
  );

  it(
    'shows by itself what became of what is on its way, and that the endpoint is gone',
    async () => {
      const { page, ledgerlink } = await portal.open(
        place,
        withWebhook({ deliveries: [{ ...failing, status: 'Sending', attempts: [] }] }),
      );
      const [webhook] = ledgerlink.webhooks;

      await page.getByText('To be sent').waitFor();
      if (webhook) {
        const answered = { at: '2026-03-03T08:15:01.000Z', milliseconds: 12, status: 410 };
        webhook.deliveries = [{ ...failing, status: 'Attempting', attempts: [answered] }];
        Object.assign(webhook, { disabled: true, disabledReason: 'gone', health: 'disabled' });
      }

      await page.getByText('Failed, is tried again').waitFor();
      await page.getByText('The endpoint answered 410 (gone)').waitFor();
    },
    patience,
  );

  it(
    'changes where it is sent and keeps the rest, and shows why an address is refused',
    async () => {
      const { page, ledgerlink } = await portal.open(place, withWebhook());

      await choose(page, 'Actions', 'Change');
      await page.getByRole('textbox', { name: 'Endpoint URL' }).fill('https://10.0.0.1/hooks');
      ledgerlink.faults.set(`PUT /webhooks/${id}`, {
        status: 400,
        body: { error: 'This address is not on the public internet.', correlationId: 'c0ffee-8' },
      });
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByText('This address is not on the public internet.').waitFor();
      ledgerlink.faults.clear();
      await page.getByRole('textbox', { name: 'Endpoint URL' }).fill('https://other.example/hooks');
      await page.getByRole('button', { name: 'Save' }).click();

      await page.getByText('The webhook is saved.').waitFor();
      expect(ledgerlink.webhooks[0]).toMatchObject({
        url: 'https://other.example/hooks',
        companyTags: ['region:west'],
      });
    },
    patience,
  );

  it(
    'deletes one only once that is confirmed',
    async () => {
      const { page, ledgerlink } = await portal.open(place, withWebhook());

      await choose(page, 'Actions', 'Delete');
      expect(ledgerlink.webhooks).toHaveLength(1);
      await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();

      await page.getByText('No webhooks yet').waitFor();
      await page.getByText('The webhook was deleted.').waitFor();
      expect(ledgerlink.webhooks).toEqual([]);
    },
    patience,
  );
});
