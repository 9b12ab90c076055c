import { useCallback, useState } from 'react';

export type Doing = {
  busy: boolean;
  problem: unknown;
  /** Runs one action at a time; answers whether it succeeded. What it throws is kept in `problem`. */
  run: (action: () => Promise<void>) => Promise<boolean>;
  forget: () => void;
};

/** One action a person asks for: whether it is under way, and what went wrong. */
export function useDoing(): Doing {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>();

  const run = useCallback(async (action: () => Promise<void>) => {
    setBusy(true);
    setProblem(undefined);
    try {
      await action();
      return true;
    } catch (cause) {
      setProblem(cause);
      return false;
    } finally {
      setBusy(false);
    }
  }, []);

  const forget = useCallback(() => setProblem(undefined), []);
  return { busy, problem, run, forget };
}
