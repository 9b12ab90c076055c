import { describe, expect, it } from '@jest/globals';
import en from '../../../messages/en/docs.json' with { type: 'json' };
import fr from '../../../messages/fr-CA/docs.json' with { type: 'json' };
import { summaryText } from '../../../src/http/openapi/docs-texts.ts';
import { operationId } from '../../../src/http/openapi/operation-id.ts';
import { everyOperation } from '../../../src/http/public-api.ts';
import { aRequest, makeWorld, textOf } from './api-world.ts';

const operations = everyOperation();

async function page(path = '/docs', headers: Record<string, string> = {}) {
  const { handle } = await makeWorld();
  const reply = await handle(aRequest({ path, headers }));
  return { ...reply, text: textOf(reply) };
}

describe('the documentation as a page', () => {
  it('has every operation, by a name that a link can lead to', async () => {
    const { status, headers, text } = await page();

    expect([status, headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    for (const operation of operations) {
      expect(text).toContain(`<details id="${operationId(operation)}">`);
      expect(text).toContain(`<code>${operation.method} ${operation.path}</code>`);
    }
  });

  it('fetches nothing and runs nothing', async () => {
    const { headers, text } = await page();

    expect(headers['content-security-policy']).toMatch(/^default-src 'none'; style-src 'sha256-[^']+';/);
    expect(text).not.toMatch(/<script|\ssrc=|@import|url\(|href="(?!\/|#)/);
  });

  it.each([
    ['asked for', '/docs?lang=fr-CA', {}],
    ['the first that the browser wants', '/docs', { 'accept-language': 'fr-FR,en;q=0.5' }],
  ])('comes in the language that is %s', async (_case, path, headers) => {
    const french = await page(path, headers);

    expect(french.headers['content-language']).toBe('fr-CA');
    expect(french.text).toContain('<html lang="fr-CA">');
    expect(french.text).toContain('Liste les entreprises et leurs connexions');
    expect(french.text).not.toContain('Lists companies');
  });

  it('has every text of its own in both languages', () => {
    expect(Object.keys(fr)).toEqual(expect.arrayContaining(Object.keys(en)));
  });

  it.each(operations.map((operation) => [operation.summary]))('says in French: %s', (summary) => {
    const french = summaryText('fr-CA', summary);

    // messages/en/operations.json and messages/fr-CA/operations.json have the sentences.
    expect(french).not.toBe(summary);
  });

  it('is not offered another way', async () => {
    const { handle } = await makeWorld();

    const reply = await handle(aRequest({ method: 'POST', path: '/docs' }));

    expect([reply.status, reply.headers['allow']]).toEqual([405, 'GET']);
  });
});
