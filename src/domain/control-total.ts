import * as z from 'zod';

/**
 * What one of FreshBooks' own reports says, beside what the records that are held come to. `ours` and `theirs` are
 * amounts in `currency`; `why` says what a verdict rests on where the figures alone do not.
 */
export const ControlTotal = z.object({
  report: z.string(),
  /** The window of the report, where it is read for several: `2026-10`. */
  window: z.string().optional(),
  currency: z.string(),
  ours: z.number().optional(),
  theirs: z.number().optional(),
  verdict: z.enum(['agrees', 'differs', 'not comparable']),
  why: z.string().optional(),
});
export type ControlTotal = z.infer<typeof ControlTotal>;

/** The sentence for people when reports differ from what is held; none when nothing differs. */
function differenceIn(controls: readonly ControlTotal[]): string | undefined {
  const found = controls.filter(({ verdict }) => verdict === 'differs');
  const [first] = found;
  if (first === undefined) return undefined;
  const more = found.length > 1 ? ` ${found.length - 1} more totals differ.` : '';
  return `FreshBooks’ report ${first.report} comes to ${first.theirs} ${first.currency}, what is held to ${first.ours}.${more}`;
}

/** A data type's message, with the sentence about what differs. */
export function sentenceOf(
  message: string | undefined,
  controls: readonly ControlTotal[] = [],
): string | undefined {
  const said = [message, differenceIn(controls)].filter((sentence) => sentence !== undefined);
  return said.length === 0 ? undefined : said.join(' ');
}

/** Those that differ and did not before: what is worth telling. */
export function newlyDiffering(
  now: readonly ControlTotal[],
  before: readonly ControlTotal[],
): ControlTotal[] {
  const key = ({ report, window, currency }: ControlTotal): string => [report, window, currency].join(' ');
  const known = new Set(before.filter(({ verdict }) => verdict === 'differs').map(key));
  return now.filter((total) => total.verdict === 'differs' && !known.has(key(total)));
}
