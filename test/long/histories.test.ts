import { expect, it } from '@jest/globals';
import { playAll } from '../histories/property.ts';

/** How many are played; `HISTORIES_SEED` plays others. */
const count = Number(process.env['HISTORIES'] ?? 2_000);

it(`${count} random histories end with the books as FreshBooks has them, and invent nothing`, async () => {
  await expect(playAll(count)).resolves.toBeUndefined();
}, 3_600_000);
