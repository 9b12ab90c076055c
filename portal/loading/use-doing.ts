import { useCallback, useRef, useState } from 'react';
import { useNotices } from '../shell/notices.tsx';

export type Doing = {
  busy: boolean;
  problem: unknown;
  /** Runs one action at a time, and none while one is under way; answers whether it succeeded. What it throws is kept in `problem`. */
  run: (action: () => Promise<void>) => Promise<boolean>;
};

/** One action a person asks for: whether it is under way, and what went wrong. */
export function useDoing(): Doing {
  const { clear } = useNotices();
  const [busy, setBusy] = useState(false);
  const underWay = useRef(false);
  const [problem, setProblem] = useState<unknown>();

  const run = useCallback(
    async (action: () => Promise<void>) => {
      if (underWay.current) return false;
      underWay.current = true;
      setBusy(true);
      setProblem(undefined);
      // What the last action brought does not stand beside what this one brings.
      clear();
      try {
        await action();
        return true;
      } catch (cause) {
        setProblem(cause);
        return false;
      } finally {
        underWay.current = false;
        setBusy(false);
      }
    },
    [clear],
  );

  return { busy, problem, run };
}
