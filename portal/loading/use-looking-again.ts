import { useEffect } from 'react';

/** How long to wait before looking again at what is on its way, in milliseconds. */
const lookAgainAfter = 2000;

/** Looks again by itself, again and again, while something is on its way and no look is under way. */
export function useLookingAgain(moving: boolean, loading: boolean, look: () => Promise<void>): void {
  useEffect(() => {
    if (!moving || loading) return undefined;
    const timer = setTimeout(() => void look(), lookAgainAfter);
    return () => clearTimeout(timer);
  }, [moving, loading, look]);
}
