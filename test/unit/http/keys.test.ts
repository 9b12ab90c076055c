import { describe, expect, it } from '@jest/globals';
import { makeVerifyKey } from '../../../src/app/keys/verify-key.ts';
import { plusSeconds } from '../../../src/domain/instant.ts';
import { aCompany, start } from '../../fakes/builders.ts';
import { ask, keyOf, makeWorld, sentenceOf, textAt, type World } from './api-world.ts';

const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;
const statusWith = async (world: World, authorization: string) =>
  (await ask(world, 'GET /companies', { authorization })).status;

describe('calling with an API key', () => {
  it.each([
    ['Basic and the key in base64', (key: string) => basic(key)],
    ['Basic and the key as a user name', (key: string) => basic(`${key}:`)],
    ['Bearer and the key', (key: string) => `Bearer ${key}`],
    ['bearer in lower case', (key: string) => `bearer ${key}`],
  ])('is let in by %s', async (_case, header) => {
    const world = await makeWorld();

    expect(await statusWith(world, header(world.adminKey))).toBe(200);
  });

  it.each([
    ['nothing', () => ''],
    ['another scheme', () => 'Digest abc'],
    ['a key that never was', () => `Bearer ll_${'0'.repeat(36)}_${'a'.repeat(43)}`],
    ['the right id and another secret', (key: string) => `Bearer ${key.slice(0, -1)}_`],
    ['a key without its end', (key: string) => `Bearer ${key.slice(0, -1)}`],
    ['a sign-in token in the place of a key', () => basic('signed-in')],
    ['a sign-in token that is not valid', () => 'Bearer eyJhbGciOiJub25lIn0.e30.'],
  ])('is refused with %s', async (_case, header) => {
    const world = await makeWorld();

    const refused = await ask(world, 'GET /companies', { authorization: header(world.adminKey) });

    expect(refused.status).toBe(401);
    expect(refused.headers['www-authenticate']).toBe('Bearer');
    expect(refused.body).toMatchObject({ statusCode: 401, service: 'PlatformApi' });
  });

  it('is refused from the moment at which the key expires', async () => {
    const world = await makeWorld();
    const { text } = await world.deps.createKey({ name: 'short', role: 'read', expiresInDays: 1 });

    world.time.advance(24 * 3600 - 1);
    const before = await statusWith(world, `Bearer ${text}`);
    world.time.advance(1);

    expect([before, await statusWith(world, `Bearer ${text}`)]).toEqual([200, 401]);
  });

  it('is refused as soon as the key is deleted', async () => {
    const world = await makeWorld();
    const created = await ask(world, 'POST /apiKeys', { body: { name: 'CI' } });

    await ask(world, `DELETE /apiKeys/${textAt(created, 'id')}`);

    expect(await statusWith(world, `Bearer ${textAt(created, 'apiKey')}`)).toBe(401);
  });

  it.each([
    ['read', 'GET /companies', 200],
    ['read', 'POST /companies', 403],
    ['read', 'POST /companies/company-1/data/all', 403],
    ['read', 'GET /apiKeys', 403],
    ['operate', 'GET /companies', 200],
    ['operate', 'POST /companies', 200],
    ['operate', 'DELETE /companies/company-1', 204],
    ['operate', 'GET /apiKeys', 403],
    ['operate', 'POST /apiKeys', 403],
    ['operate', 'DELETE /apiKeys/x', 403],
    ['admin', 'GET /apiKeys', 200],
    ['admin', 'POST /companies', 200],
  ] as const)('with the role %s, %s is %i', async (role, operation, status) => {
    const world = await makeWorld();
    await world.companies.insert(aCompany());

    const answer = await ask(world, operation, {
      authorization: await keyOf(world, role),
      body: { name: 'Acme' },
    });

    expect(answer.status).toBe(status);
  });
});

describe('when a key was last used', () => {
  it('is told to the hour, with one write an hour', async () => {
    const world = await makeWorld();
    const { key, text } = await world.deps.createKey({ name: 'CI', role: 'admin' });
    const lastUsed = async () => (await world.apiKeys.find(key.id))?.lastUsed;
    expect(await lastUsed()).toBeUndefined();

    await statusWith(world, `Bearer ${text}`);
    const first = await lastUsed();
    world.time.advance(3599);
    await statusWith(world, `Bearer ${text}`);
    const within = await lastUsed();
    world.time.advance(1);
    await statusWith(world, `Bearer ${text}`);

    expect([first, within]).toEqual([start, start]);
    expect(await lastUsed()).toBe(plusSeconds(start, 3600));
  });

  it('is nothing to refuse anybody for', async () => {
    const world = await makeWorld();
    const { key, text } = await world.deps.createKey({ name: 'CI', role: 'read' });
    const change = async () => {
      throw new Error('the table is busy');
    };
    const verify = makeVerifyKey({
      ...world,
      clock: world.time.clock,
      apiKeys: { ...world.apiKeys, change },
    });

    expect(await verify(text)).toMatchObject({ id: key.id });
  });
});

describe('creating an API key', () => {
  it('shows the key once, and keeps its hash alone', async () => {
    const world = await makeWorld();

    const created = await ask(world, 'POST /apiKeys', { body: { name: 'CI', role: 'read' } });

    const key = textAt(created, 'apiKey');
    expect([created.status, key]).toEqual([201, expect.stringMatching(/^ll_[0-9a-f-]{36}_[\w-]{43}$/)]);
    expect(created.body).toMatchObject({ name: 'CI', role: 'read', prefix: key.slice(0, 11) });
    expect(JSON.stringify(await world.apiKeys.all())).not.toContain(key.slice(-43));
    expect(JSON.stringify((await ask(world, 'GET /apiKeys')).body)).not.toContain(key.slice(-43));
  });

  it('gives a key without a wish the role operate, a name and no end', async () => {
    const created = await ask(await makeWorld(), 'POST /apiKeys', { body: {} });

    expect(created.body).toMatchObject({ name: 'API key', role: 'operate' });
    expect(created.body).not.toHaveProperty('expiresDate');
  });

  it('makes ten and refuses the eleventh', async () => {
    const world = await makeWorld();
    for (let made = 1; made < 10; made += 1) await ask(world, 'POST /apiKeys', { body: {} });

    const refused = await ask(world, 'POST /apiKeys', { body: {} });

    expect(refused.status).toBe(409);
    expect(sentenceOf(refused)).toBe('There are 10 API keys already. Delete one that is not used first.');
  });

  it('refuses the eleventh of many at the same moment too', async () => {
    const world = await makeWorld();

    const all = await Promise.all(
      Array.from({ length: 14 }, () => ask(world, 'POST /apiKeys', { body: {} })),
    );

    expect((await world.apiKeys.all()).length).toBeLessThanOrEqual(10);
    expect(all.filter(({ status }) => status === 201).length).toBe((await world.apiKeys.all()).length - 1);
  });

  it.each([
    [{ name: 'x'.repeat(51) }, '"name" in the body is too large or too long: at most 50.'],
    [{ role: 'root' }, '"role" in the body must be one of "read", "operate", "admin".'],
    [{ expiresInDays: 0 }, '"expiresInDays" in the body is too small or too short: at least 1.'],
    [
      { secret: 'mine' },
      'What is in the body holds "secret", which this operation does not know. Leave it out.',
    ],
  ])('refuses %j in words', async (body, sentence) => {
    const refused = await ask(await makeWorld(), 'POST /apiKeys', { body });

    expect([refused.status, sentenceOf(refused)]).toEqual([400, sentence]);
  });
});

describe('deleting an API key', () => {
  it('leaves the last one to somebody who is signed in', async () => {
    const world = await makeWorld();
    const [only] = await world.apiKeys.all();

    const byKey = await ask(world, `DELETE /apiKeys/${only?.id}`);
    const byPerson = await ask(world, `DELETE /apiKeys/${only?.id}`, { authorization: 'Bearer signed-in' });

    expect([byKey.status, byPerson.status]).toEqual([409, 204]);
    expect(await world.apiKeys.all()).toEqual([]);
  });

  it('leaves one of the last two, when programs delete both at the same moment', async () => {
    const world = await makeWorld();
    const second = await world.deps.createKey({ name: 'second', role: 'admin' });
    const ids = (await world.apiKeys.all()).map(({ id }) => id);

    const answers = await Promise.all(
      ids.map((id, index) =>
        ask(world, `DELETE /apiKeys/${id}`, {
          authorization: `Bearer ${[second.text, world.adminKey][index]}`,
        }),
      ),
    );

    expect(answers.map(({ status }) => status).toSorted()).toEqual([204, 409]);
    expect(await world.apiKeys.all()).toHaveLength(1);
  });

  it('is 404 for no such key', async () => {
    expect((await ask(await makeWorld(), 'DELETE /apiKeys/nothing')).status).toBe(404);
  });
});
