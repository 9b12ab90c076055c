/**
 * How many calls may be under way at once: from 4 up to 8 while all goes well, halved when FreshBooks asks for fewer.
 * FreshBooks publishes no limit, so it is learnt from its answers.
 */
export type Pace = { limit: number; wellSince: number };

export const startingPace: Pace = { limit: 4, wellSince: 0 };
export const most = 8;

/** One more at a time, after as many good answers as the limit stands at. */
export function afterSuccess({ limit, wellSince }: Pace): Pace {
  const well = wellSince + 1;
  return well < limit || limit >= most ? { limit, wellSince: well } : { limit: limit + 1, wellSince: 0 };
}

export function afterTooMany({ limit }: Pace): Pace {
  return { limit: Math.max(1, Math.floor(limit / 2)), wellSince: 0 };
}

export type Limiter = {
  /** Runs it as soon as there is room, in the order of asking. */
  run<T>(call: () => Promise<T>): Promise<T>;
  tooMany(): void;
  readonly limit: number;
};

/** A queue that follows the pace. Calls under way are never cut short when the limit falls. */
export function makeLimiter(start: Pace = startingPace): Limiter {
  let pace = start;
  let running = 0;
  const waiting: (() => void)[] = [];

  const admit = (): void => {
    while (running < pace.limit) {
      const next = waiting.shift();
      if (next === undefined) return;
      running += 1;
      next();
    }
  };
  const run = async <T>(call: () => Promise<T>): Promise<T> => {
    await new Promise<void>((resolve) => {
      waiting.push(resolve);
      admit();
    });
    try {
      const result = await call();
      pace = afterSuccess(pace);
      return result;
    } finally {
      running -= 1;
      admit();
    }
  };
  return {
    run,
    tooMany() {
      pace = afterTooMany(pace);
    },
    get limit() {
      return pace.limit;
    },
  };
}
