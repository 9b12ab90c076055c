import * as z from 'zod';
import type { ApiClient } from './api-client.ts';
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

/** Waits until every data type was synced once, telling how far it is; throws when one of them failed. */
export async function awaitFirstSync(
  admin: ApiClient,
  company: SampleCompany,
  say: (progress: string) => void,
): Promise<void> {
  for (;;) {
    const statuses = Object.entries(await admin('GET', `/companies/${company.id}/dataStatus`, Statuses));
    const done = statuses.filter(([, status]) => status.lastSuccessfulSync !== undefined);
    const failed = statuses.filter(([, status]) => Failed.has(status.currentStatus));
    if (statuses.length > 0 && done.length === statuses.length) return;
    if (failed.length > 0)
      throw new Error(`the first sync failed: ${JSON.stringify(Object.fromEntries(failed))}`);
    const busy = statuses
      .filter(([, status]) => status.lastSuccessfulSync === undefined)
      .map(([name]) => name);
    say(
      `syncing ${company.name}: ${done.length} of ${statuses.length} data types, waiting for ${busy.join(', ')}`,
    );
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
}
