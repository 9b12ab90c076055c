import { z } from 'zod';
import type { Call } from './call.ts';

const Named = z.object({ companyId: z.string(), companyName: z.string(), connectionId: z.string() });

const OnOlderKeys = Named.extend({
  version: z.number(),
  /** The consent moves to the present keys by itself, from `movesAfter` on. */
  sameApp: z.boolean(),
  movesAfter: z.string().optional(),
});
export type OnOlderKeys = z.infer<typeof OnOlderKeys>;

/** Which versions of the app's keys consents hang on; the sentence is in the asked language. */
const KeyUse = z.object({
  current: z.number().optional(),
  advice: z.object({
    code: z.enum(['save-keys', 'no-older-keys', 'authorise-again', 'wait', 'remove-old-secret']),
    sentence: z.string(),
  }),
  /** The newest first. */
  versions: z.array(z.object({ version: z.number(), consents: z.number(), connections: z.number() })),
  onOlderKeys: z.array(OnOlderKeys),
});
export type KeyUse = z.infer<typeof KeyUse>;

/** Consents that are held because FreshBooks refused many of them at once. */
const RefusedConsents = z.object({
  storm: z.object({ since: z.string(), latest: z.string(), count: z.number() }).optional(),
  advice: z.object({ code: z.enum(['none', 'check-app', 'wait']), sentence: z.string() }),
  held: z.array(Named.extend({ since: z.string() })),
});

/** How the consents stand to the keys of the app (docs/setup-api.md). */
export function keyUseApi(call: Call) {
  return {
    get: () => call({ method: 'GET', path: '/setup/integration/keys' }, KeyUse),
    refusals: () => call({ method: 'GET', path: '/setup/integration/refusals' }, RefusedConsents),
    /** Says that FreshBooks is right to refuse them: they are lost then. */
    believe: () =>
      call({ method: 'PUT', path: '/setup/integration/refusals', body: { believed: true } }, RefusedConsents),
  };
}
