import { describe, expect, it } from '@jest/globals';
import { start } from '../../fakes/builders.ts';
import { ask, keyOf, makeWorld, sentenceOf, textAt, type World } from './api-world.ts';

const url = 'https://hooks.example.com/ledgerlink';
const create = (world: World, body: Record<string, unknown> = {}) =>
  ask(world, 'POST /webhooks', { body: { url, ...body } });

describe('webhook consumers', () => {
  it('are created with a secret that is shown once, and is kept sealed', async () => {
    const world = await makeWorld();

    const created = await create(world, { eventTypes: ['read.completed'], companyTags: ['region:west'] });

    expect(created.status).toBe(201);
    expect(created.body).toMatchObject({
      url,
      disabled: false,
      eventTypes: ['read.completed'],
      companyTags: ['region:west'],
      health: 'healthy',
      secret: expect.stringMatching(/^whsec_[A-Za-z0-9+/]+=*$/),
    });
    const secret = textAt(created, 'secret');
    expect(JSON.stringify((await ask(world, 'GET /webhooks')).body)).not.toContain(secret);
    expect(JSON.stringify(await world.webhooks.all())).not.toContain(secret);
  });

  it('are listed in the order of their creation, shown, replaced and deleted', async () => {
    const world = await makeWorld();
    const id = textAt(await create(world), 'id');
    world.time.advance(1);
    await create(world, { disabled: true });

    const replaced = await ask(world, `PUT /webhooks/${id}`, { body: { url: `${url}/2`, disabled: true } });
    const listed = await ask(world, 'GET /webhooks');
    const shown = await ask(world, `GET /webhooks/${id}`);
    const deleted = await ask(world, `DELETE /webhooks/${id}`);

    expect(replaced.body).toMatchObject({
      url: `${url}/2`,
      disabled: true,
      disabledReason: 'asked',
      eventTypes: [],
    });
    expect(listed.body).toMatchObject({ results: [{ id }, { disabled: true, health: 'disabled' }] });
    expect(shown.body).toEqual(replaced.body);
    expect(deleted.status).toBe(204);
    for (const method of ['GET', 'DELETE']) {
      expect((await ask(world, `${method} /webhooks/${id}`)).status).toBe(404);
    }
  });

  it('take the types of the API that ours follows, also those that never happen here', async () => {
    const types = ['company.product.added', 'invoices.write.successful'];

    expect((await create(await makeWorld(), { eventTypes: types })).status).toBe(201);
  });

  it('are fifty at most', async () => {
    const world = await makeWorld();
    for (let made = 0; made < 50; made += 1) await create(world);

    const refused = await create(world);

    expect([refused.status, sentenceOf(refused)]).toEqual([
      409,
      'There are 50 webhooks already. Delete one that is not used first.',
    ]);
  });

  it.each([
    [{ url: 'http://hooks.example.com/' }, 'Use an address that begins with https://.'],
    [{ url: 'https://hooks.example.com:25/' }, 'Only the ports 443 and 8443 are possible.'],
    [{ url: 'https://inside.example.com/' }, 'Its host is not on the public internet.'],
    [{ url: 'https://both.example.com/' }, 'Its host is not on the public internet.'],
    [{ url: 'https://169.254.169.254/' }, 'Its host is not on the public internet.'],
    [{ url: 'https://nowhere.example.com/' }, 'Its host cannot be found.'],
    [{ eventTypes: ['invoice.created'] }, 'There is no event type "invoice.created".'],
    [{ companyTags: ['west'] }, 'is not a tag such as region:west'],
    [{ companyTags: Array.from({ length: 11 }, (_, n) => `a:${n}`) }, 'at most 10'],
    [{ url: 'ftp://hooks.example.com/' }, '"url" in the body'],
    [{ url: 'not a url' }, '"url" in the body'],
  ])('refuse %j in words, when saved and when replaced', async (body, sentence) => {
    const world = await makeWorld();
    const id = textAt(await create(world), 'id');

    const refused = await create(world, body);
    const unchanged = await ask(world, `PUT /webhooks/${id}`, { body: { url, ...body } });

    expect([refused.status, unchanged.status]).toEqual([400, 400]);
    expect(sentenceOf(refused)).toContain(sentence);
    expect(await world.webhooks.find(id)).toMatchObject({ url, eventTypes: [] });
  });

  it('are changed by administrators alone', async () => {
    const world = await makeWorld();
    const authorization = await keyOf(world, 'operate');

    expect((await ask(world, 'POST /webhooks', { body: { url }, authorization })).status).toBe(403);
    expect((await ask(world, 'GET /webhooks', { authorization })).status).toBe(200);
  });

  it('get another secret, the former one for as long as was asked', async () => {
    const world = await makeWorld();
    const created = await create(world);

    const rotated = await ask(world, `POST /webhooks/${textAt(created, 'id')}/secret`, {
      body: { keepPreviousHours: 1 },
    });

    expect([rotated.status, textAt(rotated, 'previousUntil')]).toEqual([201, '2026-03-02T16:00:00.000Z']);
    expect((await world.webhooks.all())[0]?.secrets).toHaveLength(2);
  });

  it('are sent tests and events again, and show what became of them', async () => {
    const world = await makeWorld();
    const id = textAt(await create(world), 'id');
    const event = {
      id: 'e',
      eventType: 'read.completed',
      generatedDate: start,
      companyId: 'c',
      companyTags: [],
    };
    await world.feed.append([{ ...event, payload: {} }], start);

    const tested = await ask(world, `POST /webhooks/${id}/test`);
    const replayed = await ask(world, `POST /webhooks/${id}/replay`, { body: { eventId: 'e' } });
    const { body } = await ask(world, `GET /webhooks/${id}/deliveries`);

    expect(replayed.body).toEqual({ replayed: 1 });
    expect(body).toMatchObject({
      results: expect.arrayContaining([
        expect.objectContaining({
          eventId: textAt(tested, 'eventId'),
          eventType: 'webhook.test',
          status: 'Sending',
        }),
        expect.objectContaining({ eventId: 'e', sequence: 1, attempts: [], nextAttempt: start }),
      ]),
    });
    expect(world.sendersWoken).toEqual([
      { kind: 'deliver', webhookId: id },
      { kind: 'deliver', webhookId: id },
    ]);
  });

  it.each([{}, { failed: false }, { after: -1 }, { eventId: 'e', failed: true }])(
    'a wish to replay such as %j is refused in words',
    async (body) => {
      const world = await makeWorld();
      const id = textAt(await create(world), 'id');

      const refused = await ask(world, `POST /webhooks/${id}/replay`, { body });

      expect(refused.status).toBe(400);
    },
  );

  it('list the types of events with what they tell', async () => {
    expect((await ask(await makeWorld(), 'GET /webhooks/eventTypes')).body).toMatchObject({
      results: expect.arrayContaining([
        { eventType: 'company.created', description: 'A company was created.' },
      ]),
    });
  });
});
