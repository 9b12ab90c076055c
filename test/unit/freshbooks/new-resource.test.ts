import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { newResource, withRow } from '../../../src/freshbooks/new-resource.ts';

const catalog = join(import.meta.dirname, '../../../src/freshbooks/catalog.ts');

describe('a new resource', () => {
  it('is a file with its schema and fates, named after it', () => {
    const made = newResource('gift_cards');

    expect(made.file).toBe('types/gift-cards.ts');
    expect(made.content).toContain('export const GiftCard = z.object(');
    expect(made.content).toContain('export const giftCards = {');
  });

  it('is a row of the catalogue as it is now, which keeps all it had', async () => {
    const before = await readFile(catalog, 'utf8');
    const made = newResource('gift_cards');
    const after = withRow(before, made);

    expect(after).toContain("import { giftCards } from './types/gift-cards.ts';\n");
    expect(after).toContain(`\n${made.row}\n} as const satisfies`);
    expect(after.replace(`${made.importLine}\n`, '').replace(`\n${made.row}`, '')).toBe(before);
  });

  it('is not made twice', async () => {
    const made = newResource('gift_cards');
    const once = withRow(await readFile(catalog, 'utf8'), made);

    expect(() => withRow(once, made)).toThrow('already');
  });

  it.each(['', 'GiftCards', 'gift-cards', '../x', '_x', 'x__y'])('is not called %j', (name) => {
    expect(() => newResource(name)).toThrow('no name of a resource');
  });
});
