import { expect, it } from '@jest/globals';
import { playAll } from '../histories/property.ts';

/** The second half of them; `HISTORIES_SEED` plays others. */
const count = Math.ceil(Number(process.env['HISTORIES'] ?? 2_000) / 2);

it(`${count} other random histories end with the books as FreshBooks has them, and invent nothing`, async () => {
  await expect(playAll(count, 1)).resolves.toBeUndefined();
}, 3_600_000);
