import * as z from 'zod';
import type { ApiClient } from '../api/api-client.ts';
import type { SampleCompany } from './sample-company.ts';

const Statuses = z.record(
  z.string(),
  z.object({ currentStatus: z.string(), lastSuccessfulSync: z.string().optional() }),
);
const Failed = new Set([
  'FetchError',
  'MapError',
  'InternalError',
  'AuthError',
  'RateLimitError',
  'PermissionsError',
]);

const longestWaitSeconds = 300;

/**
 * Waits until every data type was read once, telling how far it is. Answers the sentences to tell about those that
 * were not: the schedule goes on trying, so they are no reason to stop.
 */
export async function awaitFirstSync(
  admin: ApiClient,
  company: SampleCompany,
  say: (progress: string) => void,
): Promise<string[]> {
  const end = performance.now() + longestWaitSeconds * 1000;
  for (;;) {
    const statuses = Object.entries(await admin('GET', `/companies/${company.id}/dataStatus`, Statuses));
    const open = statuses.filter(([, { lastSuccessfulSync }]) => lastSuccessfulSync === undefined);
    const waiting = open.filter(([, { currentStatus }]) => !Failed.has(currentStatus));
    if (statuses.length > 0 && (waiting.length === 0 || performance.now() > end)) {
      return open.map(
        ([name, { currentStatus }]) => `${name} of ${company.name} is not read yet: ${currentStatus}.`,
      );
    }
    const names = waiting.map(([name]) => name).join(', ');
    say(
      `syncing ${company.name}: ${statuses.length - open.length} of ${statuses.length} data types, waiting for ${names}`,
    );
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
}
