import { describe, expect, it } from '@jest/globals';
import { aRequest, ask, makeLinkedWorld, sentenceOf, textAt, type World } from './api-world.ts';

const origin = 'https://app.example.com';
const connections = '/companies/company-1/connections';

/** A world in which the deployer's pages may call. */
async function makeOpenWorld(): Promise<World> {
  const world = await makeLinkedWorld();
  await ask(world, 'POST /corsSettings', { body: { allowedOrigins: [`${origin}/some/page`] } });
  return world;
}

const send = (world: World, method: string, path: string, headers: Record<string, string>) =>
  world.handle(aRequest({ method, path, headers }));

describe('whose pages may call', () => {
  it('is nobody’s until origins are listed, and then theirs', async () => {
    const world = await makeLinkedWorld();

    expect((await ask(world, 'GET /corsSettings')).body).toEqual({ allowedOrigins: [] });
    expect((await ask(await makeOpenWorld(), 'GET /corsSettings')).body).toEqual({
      allowedOrigins: [origin],
    });
  });

  it.each(['*', 'http://app.example.com', 'javascript:alert(1)', 'app.example.com'])(
    'is not said with "%s"',
    async (wrong) => {
      const refused = await ask(await makeLinkedWorld(), 'POST /corsSettings', {
        body: { allowedOrigins: [wrong] },
      });

      expect([refused.status, sentenceOf(refused)]).toEqual([
        400,
        expect.stringContaining('is not an address that begins with https://'),
      ]);
    },
  );

  it('stays when the profile is replaced', async () => {
    const world = await makeOpenWorld();

    await ask(world, 'PUT /profile', { body: { name: 'Busy', redirectUrl: '' } });

    expect((await ask(world, 'GET /corsSettings')).body).toEqual({ allowedOrigins: [origin] });
  });
});

describe('a page of a listed origin', () => {
  it('is told what it may send, before it sends it', async () => {
    const { status, headers } = await send(await makeOpenWorld(), 'OPTIONS', connections, { origin });

    expect(status).toBe(204);
    expect(headers).toMatchObject({
      'access-control-allow-origin': origin,
      'access-control-allow-methods': 'GET, POST',
      'access-control-allow-headers': expect.stringContaining('authorization'),
      vary: 'origin',
    });
    expect(headers).not.toHaveProperty('access-control-allow-credentials');
  });

  it('may read the answer, a refusal as well', async () => {
    const world = await makeOpenWorld();
    const token = textAt(await ask(world, 'GET /companies/company-1/accessToken'), 'accessToken');

    const answered = await send(world, 'GET', connections, { origin, authorization: `Bearer ${token}` });
    const refused = await send(world, 'GET', connections, { origin });

    expect([answered, refused].map(({ status }) => status)).toEqual([200, 401]);
    for (const { headers } of [answered, refused]) {
      expect(headers['access-control-allow-origin']).toBe(origin);
      expect(headers['vary']).toContain('origin');
    }
  });

  it.each(['/companies', '/companies/company-1/data/invoices', '/apiKeys', '/nothing'])(
    'may not read %s',
    async (path) => {
      const world = await makeOpenWorld();

      for (const method of ['OPTIONS', 'GET']) {
        expect((await send(world, method, path, { origin })).headers).not.toHaveProperty(
          'access-control-allow-origin',
        );
      }
    },
  );
});

it.each(['https://evil.example', 'null', `${origin}.evil.example`, 'http://app.example.com'])(
  'a page of %s may read nothing',
  async (other) => {
    const { headers, status } = await send(await makeOpenWorld(), 'OPTIONS', connections, { origin: other });

    expect(headers).not.toHaveProperty('access-control-allow-origin');
    expect(status).toBe(405);
  },
);
