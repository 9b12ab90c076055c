import { expect, it } from '@jest/globals';
import { playAll } from '../histories/property.ts';

/** The first half of them, beside which the other one runs; `HISTORIES_SEED` plays others. */
const count = Math.ceil(Number(process.env['HISTORIES'] ?? 2_000) / 2);

it(`${count} random histories end with the books as FreshBooks has them, and invent nothing`, async () => {
  await expect(playAll(count)).resolves.toBeUndefined();
}, 3_600_000);
