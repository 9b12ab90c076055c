import type { ReadResource } from '../../app/ports.ts';
import type { Refusal } from '../refusal.ts';
import type { AskPerson } from './person.ts';

/**
 * The refusal with all that can be known of its cause: the scopes of the consent, the person's role and the features
 * of the plan, as users/me tells them. Who reads is asked once a run, and only where something is refused.
 */
export async function explainRefusal(
  person: AskPerson,
  refusal: Refusal,
  resource: { scope: string; feature?: string },
  read: Parameters<ReadResource>[0],
): Promise<Refusal> {
  const who = await person.who(read);
  const { feature } = resource;
  return refusal.explained({
    needed: `user:${resource.scope}:read`,
    granted: read.scopes ?? [],
    needsFeature: feature !== undefined,
    ...(who === 'gone' || who === undefined
      ? { person: who }
      : { person: who, feature: feature === undefined ? undefined : who.features[feature] }),
  });
}
