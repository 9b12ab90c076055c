import { beforeAll, describe, it } from '@jest/globals';
import fc from 'fast-check';
import { type Books, bigBooks, expectAgreement } from '../queries/compare.ts';
import { kinds } from '../queries/invoices.ts';
import { madeQuery } from '../queries/made-queries.ts';

let books: Books;

beforeAll(async () => {
  books = await bigBooks(100_000);
}, 300_000);

describe('100,000 invoices', () => {
  it('are found and ordered as a plain reading of the language says', async () => {
    const order = fc.tuple(fc.constantFrom('', '-'), fc.constantFrom(...Object.keys(kinds)));
    await fc.assert(
      fc.asyncProperty(madeQuery, order, (query, [sign, name]) =>
        expectAgreement(books, query, `${sign}${name}`),
      ),
      { numRuns: 60 },
    );
  }, 900_000);
});
