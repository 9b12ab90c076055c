import type { RunRecord } from '../../domain/connection.ts';

/** A connection's item remembers no more runs than this, counting the one that is being published. */
const runsKept = 50;
/** Moving runs away leaves this many, so that it is done seldom; with a run that writes anyway it costs little. */
const runsLeft = 10;
const manyRuns = 25;

/** The oldest runs that are to move from the item into a history object now; none when there is room. */
export function overflowRuns(runs: readonly RunRecord[], writesAnyway: boolean): readonly RunRecord[] {
  const full = runs.length >= (writesAnyway ? manyRuns : runsKept);
  return full ? runs.slice(0, runs.length - runsLeft) : [];
}
