import type { ReadReport, ReadResource } from '../app/ports.ts';
import { Problem } from '../domain/problem.ts';
import { catalog, isResource } from './catalog.ts';
import type { Client } from './client.ts';
import { explainRefusal } from './read/explain-refusal.ts';
import { type AskPerson, makeAskPerson } from './read/person.ts';
import { readCensus } from './read/read-census.ts';
import { readChanges } from './read/read-changes.ts';
import { readReport } from './read/read-report.ts';
import { notShown, readSingle } from './read/read-single.ts';
import { beginReading, type Read } from './read/reading.ts';
import { Unfinished } from './read/resume.ts';
import { Refusal } from './refusal.ts';
import { isReportRead } from './reports-read.ts';
import type { Resource } from './resource.ts';

/** What every report needs. */
const report = { scope: 'reports', optional: false };

/**
 * Reads any resource of the catalogue in the way its row there says, and reports. What FreshBooks refuses is a Problem
 * with the reason. `now` is milliseconds since the epoch.
 */
export function makeReadResource(tools: { client: Client; now: () => number }): ReadResource {
  const deps = { ...tools, person: makeAskPerson(tools.client) };
  return async (read) => {
    const named = isResource(read.resource) ? catalog[read.resource] : undefined;
    const resource: Resource | undefined = named;
    try {
      if (isReportRead(read.resource)) return await readReport(deps, read.resource, read);
      if (resource === undefined) throw new Problem('broken', `no resource is called ${read.resource}`);
      return await readAs(deps, resource, read);
    } catch (error) {
      const { optional, ...needs } = resource ?? report;
      const told = error instanceof Refusal ? await explainRefusal(deps.person, error, needs, read) : error;
      if (optional && told instanceof Problem && isNotShown(told)) return notShown(read, told);
      throw told;
    }
  };
}

function isNotShown({ kind }: Problem): boolean {
  return kind === 'no-permission' || kind === 'not-found';
}

async function readAs(
  deps: { client: Client; now: () => number; person: AskPerson },
  resource: Resource,
  read: Read,
): Promise<ReadReport> {
  if (resource.changes === 'single') return readSingle(deps, resource, read);
  const left = Unfinished.safeParse(read.resume).data;
  const mover = resource.movedBy?.resource ?? '';
  const moving = isResource(mover) ? catalog[mover] : undefined;
  const reading = beginReading(deps, { resource, moving }, read, left);
  return resource.changes === 'full' ? readCensus(reading, read.heldIds) : readChanges(reading, left, read);
}
