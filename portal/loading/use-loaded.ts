import { useCallback, useEffect, useRef, useState } from 'react';

export type Loaded<Value> = {
  /** The newest value; it stays while a newer one is on its way. */
  value: Value | undefined;
  problem: unknown;
  loading: boolean;
  reload: () => Promise<void>;
  /** Puts a value in place that a call has just answered with. */
  put: (value: Value) => void;
};

/** Loads when the page opens and when `load` changes (keep it in `useCallback`); the answer to the last call wins. */
export function useLoaded<Value>(load: () => Promise<Value>): Loaded<Value> {
  const [value, setValue] = useState<Value>();
  const [problem, setProblem] = useState<unknown>();
  const [loading, setLoading] = useState(true);
  const latest = useRef(0);

  const reload = useCallback(async () => {
    latest.current += 1;
    const mine = latest.current;
    const current = () => latest.current === mine;
    setLoading(true);
    try {
      const loaded = await load();
      if (!current()) return;
      setValue(() => loaded);
      setProblem(undefined);
    } catch (cause) {
      if (current()) setProblem(cause);
    } finally {
      if (current()) setLoading(false);
    }
  }, [load]);

  const put = useCallback((next: Value) => {
    latest.current += 1;
    setValue(() => next);
    setProblem(undefined);
    setLoading(false);
  }, []);

  useEffect(() => {
    void reload();
    return () => {
      latest.current += 1;
    };
  }, [reload]);

  return { value, problem, loading, reload, put };
}
