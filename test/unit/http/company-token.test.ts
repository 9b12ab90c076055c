import { describe, expect, it } from '@jest/globals';
import { ask, keyOf, makeLinkedWorld, sentenceOf, textAt, type World } from './api-world.ts';

const company = '/companies/company-1';

async function tokenOf(world: World, authorization?: string): Promise<string> {
  const options = authorization === undefined ? {} : { authorization };
  return textAt(await ask(world, `GET ${company}/accessToken`, options), 'accessToken');
}

describe('the access token of a company', () => {
  it('is a bearer’s, for a day, and kept as its digest alone', async () => {
    const world = await makeLinkedWorld();

    const { status, body } = await ask(world, `GET ${company}/accessToken`);

    expect([status, body]).toEqual([
      200,
      { accessToken: expect.stringMatching(/^lc_[\w-]{43}$/), expiresIn: 86_400, tokenType: 'Bearer' },
    ]);
    expect(await world.companyTokens.find(String(Reflect.get(Object(body), 'accessToken')))).toBeUndefined();
  });

  it('opens the connections of that company: looking, creating, a link to authorise, unlinking', async () => {
    const world = await makeLinkedWorld();
    const authorization = `Bearer ${await tokenOf(world)}`;
    const connection = `${company}/connections/connection-1`;

    const listed = await ask(world, `GET ${company}/connections`, { authorization });
    const link = await ask(world, `POST ${connection}/link`, { authorization });
    const unlinked = await ask(world, `PATCH ${connection}`, { authorization, body: { status: 'Unlinked' } });

    expect(textAt(listed, 'results', '0', 'id')).toBe('connection-1');
    expect(textAt(link, 'linkUrl')).toContain('/link/link-1');
    expect(textAt(unlinked, 'status')).toBe('Unlinked');
  });

  it.each(['GET /companies', `GET ${company}`, `GET ${company}/data/invoices`, `DELETE ${company}`])(
    'does not open %s, and says what it is for',
    async (operation) => {
      const world = await makeLinkedWorld();

      const refused = await ask(world, operation, { authorization: `Bearer ${await tokenOf(world)}` });

      expect(refused.status).toBe(403);
      expect(sentenceOf(refused)).toContain('is for the connections of that company and for nothing else');
    },
  );

  it('makes no other token', async () => {
    const world = await makeLinkedWorld();
    const authorization = `Bearer ${await tokenOf(world)}`;

    expect((await ask(world, `GET ${company}/accessToken`, { authorization })).status).toBe(403);
  });

  it('ends after its day', async () => {
    const world = await makeLinkedWorld();
    const authorization = `Bearer ${await tokenOf(world)}`;
    const statusNow = async () => (await ask(world, `GET ${company}/connections`, { authorization })).status;

    world.time.advance(86_399);
    const before = await statusNow();
    world.time.advance(1);

    expect([before, await statusNow()]).toEqual([200, 401]);
  });

  it('ends with the API key that asked for it', async () => {
    const world = await makeLinkedWorld();
    const key = await keyOf(world, 'operate');
    const authorization = `Bearer ${await tokenOf(world, key)}`;
    const keyId = (await world.apiKeys.all()).find(({ role }) => role === 'operate')?.id;
    const before = (await ask(world, `GET ${company}/connections`, { authorization })).status;

    await ask(world, `DELETE /apiKeys/${keyId}`);

    const after = await ask(world, `GET ${company}/connections`, { authorization });
    expect([before, after.status]).toEqual([200, 401]);
  });

  it('is one of many guesses that are all refused', async () => {
    const world = await makeLinkedWorld();
    const token = await tokenOf(world);

    for (const wrong of ['lc_', `${token}x`, token.slice(0, -1), `lc_${'a'.repeat(43)}`]) {
      const { status } = await ask(world, `GET ${company}/connections`, { authorization: `Bearer ${wrong}` });
      expect(status).toBe(401);
    }
  });

  it('counts towards one rate limit with the company’s other tokens', async () => {
    const world = await makeLinkedWorld();
    await world.limits.save({ requestsPerMinute: 2 });
    const bearers = [`Bearer ${await tokenOf(world)}`, `Bearer ${await tokenOf(world)}`];

    const statuses: number[] = [];
    for (const authorization of [...bearers, ...bearers]) {
      statuses.push((await ask(world, `GET ${company}/connections`, { authorization })).status);
    }

    expect(statuses).toEqual([200, 200, 429, 429]);
  });

  it('is not made for a company that there is not', async () => {
    expect((await ask(await makeLinkedWorld(), 'GET /companies/company-9/accessToken')).status).toBe(404);
  });
});
