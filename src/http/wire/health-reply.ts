import * as z from 'zod';
import en from '../../../messages/en/health.json' with { type: 'json' };
import fr from '../../../messages/fr-CA/health.json' with { type: 'json' };
import type { LookAround } from '../../app/reading/diagnose.ts';
import type { Connection } from '../../domain/connection.ts';
import { connectionHealth } from '../../domain/connection-health.ts';
import { type Action, actions, type Health, healthStates, ReasonCode, reasons } from '../../domain/health.ts';
import { DateTime } from '../../domain/unified/scalars.ts';
import type { Language } from '../link/language.ts';

/** How something stands, why, and the one thing to do next, in words for people and in codes for programs. */
export const HealthReply = z.strictObject({
  state: z.enum(healthStates),
  reason: ReasonCode,
  sentence: z.string(),
  since: DateTime.optional(),
  action: z.strictObject({
    code: z.enum(actions),
    sentence: z.string(),
    /** Where it is done: the customer's own link, or a page of the portal. */
    link: z.string().optional(),
  }),
});
export type HealthReply = z.infer<typeof HealthReply>;

/** The addresses that actions lead to. */
export type HealthPlaces = { language: Language; linkUrl: string; publicUrl: string };

const words: Readonly<Record<Language, Readonly<Record<string, string>>>> = { en, 'fr-CA': fr };

/** How a connection stands now. */
export async function healthOf(
  deps: { lookAround: LookAround; publicUrl: string },
  connection: Connection,
  places: Omit<HealthPlaces, 'publicUrl'>,
): Promise<HealthReply> {
  const health = connectionHealth(connection, await deps.lookAround());
  return healthReply(health, { ...places, publicUrl: deps.publicUrl });
}

export function healthReply({ reason, since }: Health, places: HealthPlaces): HealthReply {
  const { state, action } = reasons[reason];
  const said = words[places.language];
  const link = linkOf(action, places);
  return {
    state,
    reason,
    sentence: said[`reason.${reason}`] ?? reason,
    ...(since === undefined ? {} : { since }),
    action: {
      code: action,
      sentence: said[`action.${action}`] ?? action,
      ...(link === undefined ? {} : { link }),
    },
  };
}

/** Whether the next thing to do is to send the customer a link. */
export function asksForLink({ reason }: Health): boolean {
  const { action } = reasons[reason];
  return action === 'send-link' || action === 'authorise-again';
}

const settings = '/portal/settings/integrations/accounting/freshbooks';

function linkOf(action: Action, { linkUrl, publicUrl }: HealthPlaces): string | undefined {
  if (action === 'send-link') return linkUrl;
  if (action === 'authorise-again') return `${linkUrl}${linkUrl.includes('?') ? '&' : '?'}again=yes`;
  const ours = ['set-up', 'enable', 'save-keys', 'check-app', 'ask-for-scope'].includes(action);
  return ours ? `${publicUrl}${settings}` : undefined;
}
