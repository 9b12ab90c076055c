import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Books, bigBooks, expectAgreement, listPath, page, publish } from '../../queries/compare.ts';
import { kinds } from '../../queries/invoices.ts';
import { madeQuery, pieces } from '../../queries/made-queries.ts';

let books: Books;

beforeAll(async () => {
  books = await bigBooks(1500);
});

describe('queries over HTTP and a plain reading of the language agree', () => {
  it('on what is found and in which order', async () => {
    const order = fc.option(
      fc
        .tuple(fc.constantFrom('', '-'), fc.constantFrom(...Object.keys(kinds)))
        .map((parts) => parts.join('')),
      { nil: undefined },
    );
    await fc.assert(
      fc.asyncProperty(madeQuery, order, (query, orderBy) => expectAgreement(books, query, orderBy)),
      { numRuns: 300 },
    );
  });

  it('on what is refused', async () => {
    await fc.assert(
      fc.asyncProperty(pieces, (query) => expectAgreement(books, query)),
      { numRuns: 1500 },
    );
  });
});

describe('the pages of a query', () => {
  it.each(['', 'status=Paid', 'totalAmount>4000&&metadata.isDeleted=false'])(
    'are one state of the books while syncs go on: "%s"',
    async (query) => {
      const { world } = await bigBooks(1000);
      const search = new URLSearchParams({ pageSize: '60', orderBy: '-totalAmount', query });
      const whole = await page(world, `${listPath}?${search}`.replace('pageSize=60', 'pageSize=5000'));

      const seen: string[] = [];
      let next: string | undefined = `${listPath}?${search}`;
      for (let epoch = 2; next !== undefined; epoch += 1) {
        const { page: shown } = await page(world, next);
        seen.push(...(shown?.results.map(({ id }) => id) ?? []));
        next = shown?._links.next?.href;
        // A sync takes half of the books away, the next one brings them back.
        await publish(world, epoch % 2 === 0 ? 500 : 1000, epoch);
      }

      expect(seen.length).toBeGreaterThan(60);
      expect(seen).toEqual(whole.page?.results.map(({ id }) => id));
    },
  );
});
