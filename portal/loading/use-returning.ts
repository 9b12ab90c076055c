import { useEffect } from 'react';

/** Looks again when the person comes back to this tab: what they waited for mostly happened in another one. */
export function useReturning(reload: () => Promise<void>): void {
  useEffect(() => {
    const look = () => {
      if (document.visibilityState === 'visible') void reload();
    };
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, [reload]);
}
