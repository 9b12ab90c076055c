import { expect, it } from '@jest/globals';
import { playAll } from '../histories/property.ts';

it('whatever is done between two pages, the books end as FreshBooks has them and nothing is invented', async () => {
  await expect(playAll(40)).resolves.toBeUndefined();
}, 300_000);
