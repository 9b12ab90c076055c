import { expect, it } from '@jest/globals';
import { dataTypes } from '../../src/domain/data-types.ts';
import { rawOnly } from '../../src/freshbooks/project/projections.ts';
import { rawNames, typeNames } from '../histories/books.ts';
import { playAll } from '../histories/property.ts';

it('histories are of every data type, and of everything that no data type is made of', () => {
  expect(typeNames.toSorted()).toEqual([...dataTypes].sort());
  expect(rawNames.toSorted()).toEqual([...rawOnly].sort());
});

it('whatever is done between two pages, the books end as FreshBooks has them and nothing is invented', async () => {
  await expect(playAll(40)).resolves.toBeUndefined();
}, 300_000);
