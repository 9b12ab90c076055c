import { type ApiClient, Refused } from './api-client.ts';

const tries = 6;
const longestSeconds = 120;

/**
 * An API that is asked again when it says "not now" (429, 503): after the time that it names, else after a second,
 * two, four. For calls that may be made twice.
 */
export function patient(api: ApiClient, wait: (millis: number) => Promise<unknown>): ApiClient {
  return async (...call) => {
    for (let n = 0; ; n += 1) {
      try {
        return await api(...call);
      } catch (error) {
        const later = error instanceof Refused && (error.status === 429 || error.status === 503);
        if (!later || n + 1 === tries) throw error;
        await wait(Math.min(error.retryAfterSeconds ?? 2 ** n, longestSeconds) * 1000);
      }
    }
  };
}
