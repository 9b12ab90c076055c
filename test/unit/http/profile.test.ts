import { describe, expect, it } from '@jest/globals';
import { makeReturnAddress } from '../../../src/app/link/return-address.ts';
import { ask, makeLinkedWorld, makeWorld, sentenceOf } from './api-world.ts';

const profile = {
  name: 'Busy Lender',
  redirectUrl: 'https://{tenant}.example.com/linked?company={companyId}&status={statusCode}',
  logoUrl: 'https://busy.example.com/logo.svg',
  whiteListUrls: ['https://a.example.com/anything', 'https://b.example.com'],
};

describe('the profile', () => {
  it('is ours until it is replaced, whole', async () => {
    const world = await makeWorld();
    expect((await ask(world, 'GET /profile')).body).toEqual({
      name: 'Ledgerlink',
      redirectUrl: '',
      whiteListUrls: [],
    });

    const saved = await ask(world, 'PUT /profile', { body: profile });

    const shown = { ...profile, whiteListUrls: ['https://a.example.com', 'https://b.example.com'] };
    expect([saved.status, saved.body]).toEqual([200, shown]);
    await ask(world, 'PUT /profile', { body: { name: 'Busy', redirectUrl: '' } });
    expect((await ask(world, 'GET /profile')).body).toEqual({
      name: 'Busy',
      redirectUrl: '',
      whiteListUrls: [],
    });
  });

  it.each([
    [{ redirectUrl: 'http://example.com' }, 'has to begin with https://'],
    [{ whiteListUrls: [] }, 'needs a list of allowed origins'],
    [{ whiteListUrls: ['javascript:alert(1)'] }, 'is not an address that begins with https://'],
    [{ whiteListUrls: ['https://{tenant}.example.com'] }, 'is not an address'],
    [{ logoUrl: 'javascript:alert(1)' }, '"logoUrl" in the body'],
    [{ name: '' }, '"name" in the body is empty'],
  ])('is refused with %j', async (wrong, why) => {
    const world = await makeWorld();

    const refused = await ask(world, 'PUT /profile', { body: { ...profile, ...wrong } });

    expect(refused.status).toBe(400);
    expect(sentenceOf(refused)).toContain(why);
  });

  it.each([
    ['a', 'https://a.example.com/linked?company=company-1&status=200'],
    ['c', undefined],
    ['', undefined],
    ['evil.test/', undefined],
    ['evil.test#', undefined],
    ['a.example.com@evil.test/', undefined],
  ])('sends a browser of the tenant "%s" to %s', async (tenant, leads) => {
    const world = await makeLinkedWorld();
    await ask(world, 'PUT /profile', { body: profile });
    const ref = { companyId: 'company-1', connectionId: 'connection-1' };

    const address = await makeReturnAddress(world)({ ref, how: 'linked', parameters: { tenant } });

    expect(address).toBe(leads);
  });
});

it('shows where the branding of FreshBooks is', async () => {
  const world = await makeWorld();
  const image = { image: { src: 'https://books.example.com/portal/freshbooks.svg', alt: 'FreshBooks' } };

  expect((await ask(world, 'GET /integrations/vxvy/branding')).body).toMatchObject({
    logo: { full: image },
    button: { hover: image },
  });
  expect((await ask(world, 'GET /integrations/abcd/branding')).status).toBe(404);
});

describe('writing to FreshBooks', () => {
  const push = '/companies/company-1/connections/connection-1/push';

  it.each([
    `POST ${push}/invoices`,
    `PUT ${push}/invoices/7`,
    `DELETE ${push}/invoices/7`,
    `POST ${push}/invoices/7/attachment`,
  ])('is refused as a data type that cannot be written is: %s', async (operation) => {
    const refused = await ask(await makeLinkedWorld(), operation, { body: { anything: true } });

    expect(refused.status).toBe(404);
    expect(sentenceOf(refused)).toBe(
      'Datatype [invoices] not supported by platform(s) [FreshBooks]. Nothing can be written to FreshBooks here.',
    );
  });

  it('is told that there is no such connection before anything else', async () => {
    const refused = await ask(await makeLinkedWorld(), `POST ${push.replace('connection-1', 'x')}/invoices`);

    expect(sentenceOf(refused)).toContain('has no connection with the id x');
  });
});

describe('what was written to FreshBooks', () => {
  it('is nothing, and says so', async () => {
    const world = await makeLinkedWorld();
    const options = 'GET /companies/company-1/connections/connection-1/options/invoices';

    expect((await ask(world, 'GET /companies/company-1/push')).body).toMatchObject({
      results: [],
      totalResults: 0,
    });
    expect((await ask(world, 'GET /companies/company-1/push/one')).status).toBe(404);
    expect(sentenceOf(await ask(world, options))).toMatch(
      /^Datatype \[invoices\] not supported by platform\(s\) \[FreshBooks\]\./,
    );
  });
});
