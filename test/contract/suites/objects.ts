import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Objects } from '../../../src/app/ports.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

async function listed(objects: Objects, prefix: string): Promise<string[]> {
  const names: string[] = [];
  for await (const name of objects.list(prefix)) names.push(name);
  return names.sort();
}

/** What every store of immutable objects promises. `make` gives an empty one. */
export function objectsContract(name: string, make: () => Promise<{ objects: Objects }>): void {
  describe(`objects: ${name}`, () => {
    let objects: Objects;
    beforeEach(async () => {
      objects = (await make()).objects;
    });

    it('gives back the bytes, whatever they are', async () => {
      const body = Uint8Array.from({ length: 3000 }, (_, n) => (n * 7) % 256);

      await objects.put('books/c/1.zst', body, 'application/zstd');

      const held = await objects.get('books/c/1.zst');
      expect(Buffer.from(held ?? []).equals(body)).toBe(true);
    });

    it('has nothing under a name nobody wrote', async () => {
      expect(await objects.get('books/none')).toBeUndefined();
      expect(await listed(objects, 'books/')).toEqual([]);
    });

    it('takes the same bytes under the same name twice', async () => {
      await objects.put('books/a', bytes('one'), 'application/json');
      await objects.put('books/a', bytes('one'), 'application/json');

      expect(Buffer.from((await objects.get('books/a')) ?? []).toString()).toBe('one');
    });

    it('lists by prefix, more than a page of names', async () => {
      const names = Array.from({ length: 25 }, (_, n) => `books/a/${n}`);
      await Promise.all(names.map((one) => objects.put(one, bytes(one), 'text/plain')));
      await objects.put('books/ab/1', bytes('other'), 'text/plain');

      expect(await listed(objects, 'books/a/')).toEqual([...names].sort());
    });

    it('removes what is there and minds nothing that is not', async () => {
      await objects.put('books/a', bytes('one'), 'text/plain');
      await objects.put('books/b', bytes('two'), 'text/plain');

      await objects.remove(['books/a', 'books/none']);
      await objects.remove([]);

      expect(await listed(objects, 'books/')).toEqual(['books/b']);
    });
  });
}
