import * as z from 'zod';
import { type Instant, secondsBetween } from './instant.ts';

/**
 * Consents of one app that FreshBooks refused of late. Single customers take theirs back one by one; many at once is a
 * fault of the app or of FreshBooks, and then a refusal says nothing about a customer.
 */
export const Refusals = z.object({
  /** Consents declared lost within the window, oldest first. */
  lost: z.array(z.object({ grantId: z.string(), at: z.string() })),
  /** While it lasts, consents that are refused are held: kept, and shown again with patience. */
  storm: z
    .object({
      since: z.string(),
      /** When one was refused that was not held yet, and how many there were. */
      latest: z.string(),
      count: z.number().int(),
      /** When FreshBooks last renewed any consent of the app. */
      renewed: z.string().optional(),
    })
    .optional(),
});
export type Refusals = z.infer<typeof Refusals>;

/** So many in one window are still single customers. */
export const fewRefusals = 5;
const windowSeconds = 15 * 60;
/** A storm is over when nobody else was refused for so long, and somebody was renewed since. */
const calmSeconds = 60 * 60;

export type Weighed = {
  next: Refusals;
  verdict: 'lost' | 'held';
  /** Consents declared lost just before the storm was recognised: they are held as well. */
  takenBack: readonly string[];
};

/** What a refusal of a consent comes to; `held`: it is held already, and was refused once more. */
export function weigh(
  refusals: Refusals | undefined,
  { grantId, held }: { grantId: string; held: boolean },
  now: Instant,
): Weighed {
  const recent = (refusals?.lost ?? []).filter(({ at }) => secondsBetween(at, now) < windowSeconds);
  const storm = refusals?.storm;
  if (storm !== undefined && !isOver(storm, now)) {
    const next = held ? storm : { ...storm, latest: now, count: storm.count + 1 };
    return { next: { lost: [], storm: next }, verdict: 'held', takenBack: [] };
  }
  if (held) return { next: { lost: recent }, verdict: 'lost', takenBack: [] };
  const others = recent.filter((one) => one.grantId !== grantId);
  if (others.length < fewRefusals) {
    return { next: { lost: [...others, { grantId, at: now }] }, verdict: 'lost', takenBack: [] };
  }
  return {
    next: { lost: [], storm: { since: now, latest: now, count: others.length + 1 } },
    verdict: 'held',
    takenBack: others.map((one) => one.grantId),
  };
}

/** FreshBooks renewed a consent of the app; `undefined` when that says nothing new. */
export function renewedMeanwhile(refusals: Refusals | undefined, now: Instant): Refusals | undefined {
  const storm = refusals?.storm;
  if (refusals === undefined || storm === undefined) return undefined;
  return { ...refusals, storm: { ...storm, renewed: now } };
}

/** The storm, while it lasts. */
export function stormOf(refusals: Refusals | undefined, now: Instant): Refusals['storm'] {
  const storm = refusals?.storm;
  return storm === undefined || isOver(storm, now) ? undefined : storm;
}

function isOver({ latest, renewed }: NonNullable<Refusals['storm']>, now: Instant): boolean {
  return renewed !== undefined && renewed > latest && secondsBetween(latest, now) >= calmSeconds;
}
