import { describe, expect, it } from '@jest/globals';
import type { Sealer } from '../../../src/app/ports.ts';

/** What every sealer promises. */
export function sealerContract(name: string, make: () => Promise<{ sealer: Sealer }>): void {
  const context = { purpose: 'grant', id: 'grant-1' } as const;
  describe(`sealer: ${name}`, () => {
    it('opens what it sealed', async () => {
      const { sealer } = await make();

      const sealed = await sealer.seal('a text, in français', context);

      expect(await sealer.open(sealed, context)).toBe('a text, in français');
      expect(JSON.stringify(sealed)).not.toContain('français');
    });

    it.each([{ purpose: 'attempt', id: 'grant-1' } as const, { purpose: 'grant', id: 'grant-2' } as const])(
      'does not open it as $purpose $id',
      async (other) => {
        const { sealer } = await make();
        const sealed = await sealer.seal('a text', context);

        await expect(sealer.open(sealed, other)).rejects.toThrow();
      },
    );
  });
}
