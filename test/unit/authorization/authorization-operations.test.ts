import { describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { isTranslated } from '../../../src/http/in-language.ts';
import { aRequest, textOf } from '../http/api-world.ts';
import { brought, handleOf, makeAuthorizationScene } from './authorization-scene.ts';

const path = '/companies/company-1/connections/connection-1/authorization';
const admin = async () => ({ kind: 'key', keyId: 'key-1', role: 'admin' }) as const;

async function makeWorld() {
  const scene = await makeAuthorizationScene();
  const handle = handleOf(scene, admin);
  const ask = async (method: string, at: string, body?: unknown) => {
    const reply = await handle(
      aRequest({ method, path: at, body: body === undefined ? '' : JSON.stringify(body) }),
    );
    return { status: reply.status, text: textOf(reply) };
  };
  return { scene, ask };
}

const Exported = z.object({ authorization: z.record(z.string(), z.string()) });

describe('PUT …/authorization', () => {
  it('takes a flat map of texts and answers the connection, without a token', async () => {
    const { scene, ask } = await makeWorld();

    const { status, text } = await ask('PUT', path, brought(scene.pair));

    expect(status).toBe(200);
    expect(JSON.parse(text)).toMatchObject({ id: 'connection-1', status: 'Linked' });
    expect(text).not.toContain('canary');
  });

  it.each([
    ['a field that nobody knows', { secret: 'canary' }, 400],
    ['no refresh token', { refreshToken: undefined }, 400],
    ['a refresh token that was spent', { refreshToken: 'canary-spent' }, 409],
    ['another app', { clientId: 'another' }, 409],
  ])('refuses %s in words, in both languages and without a token', async (_what, with_, expected) => {
    const { scene, ask } = await makeWorld();

    const { status, text } = await ask('PUT', path, { ...brought(scene.pair), ...with_ });

    expect(status).toBe(expected);
    expect(text).not.toContain('canary');
    const { error } = z.object({ error: z.string() }).parse(JSON.parse(text));
    expect({ error, translated: isTranslated(error) }).toEqual({ error, translated: true });
  });
});

describe('POST …/authorization/export', () => {
  it('answers what PUT takes', async () => {
    const { scene, ask } = await makeWorld();
    await ask('PUT', path, brought(scene.pair));

    const { status, text } = await ask('POST', `${path}/export`, { connections: ['connection-1'] });
    const { authorization } = Exported.parse(JSON.parse(text));
    const back = await ask('PUT', path, authorization);

    expect([status, back.status]).toEqual([200, 200]);
    expect(JSON.parse(text)).toMatchObject({
      connections: [{ companyId: 'company-1', connectionId: 'connection-1', businessId: '4200' }],
    });
  });

  it('asks for all connections on the consent by name', async () => {
    const { scene, ask } = await makeWorld();
    await ask('PUT', path, brought(scene.pair));

    const { status, text } = await ask('POST', `${path}/export`, { connections: ['another'] });

    expect(status).toBe(409);
    expect(text).toContain('connection-1 (company company-1)');
  });

  it('is acknowledged with 204, and answers 409 from then on', async () => {
    const { scene, ask } = await makeWorld();
    await ask('PUT', path, brought(scene.pair));
    const body = { connections: ['connection-1'] };
    await ask('POST', `${path}/export`, body);

    const acknowledged = await ask('POST', `${path}/acknowledge`);
    const again = await ask('POST', `${path}/export`, body);

    expect([acknowledged.status, again.status]).toEqual([204, 409]);
  });
});
