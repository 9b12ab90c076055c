/**
 * A token bucket, as API Gateway throttles: `rate` requests a second on average, `burst` at once.
 *
 * @param now milliseconds of real time; moving the shared clock does not let more requests in
 */
export function makeThrottle(rate: number, burst: number, now: () => number): () => boolean {
  let tokens = burst;
  let filledAt = now();
  return () => {
    const at = now();
    tokens = Math.min(burst, tokens + ((at - filledAt) / 1000) * rate);
    filledAt = at;
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  };
}
