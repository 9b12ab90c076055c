import type { Wait } from '../app/ports.ts';

/** Lets real time pass. */
export const waitSeconds: Wait = (seconds) => new Promise((resolve) => setTimeout(resolve, seconds * 1000));

/** Calls `action` every so many seconds until the answered function is called; a turn that is still on is skipped. */
export function every(seconds: number, action: () => Promise<void>): () => void {
  let busy = false;
  const timer = setInterval(async () => {
    if (busy) return;
    busy = true;
    await action().finally(() => {
      busy = false;
    });
  }, seconds * 1000);
  return () => clearInterval(timer);
}
