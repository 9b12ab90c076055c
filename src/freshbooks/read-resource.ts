import type { ReadReport, ReadResource } from '../app/ports.ts';
import { Problem } from '../domain/problem.ts';
import { catalog, isResource } from './catalog.ts';
import type { Client } from './client.ts';
import { type AskPerson, makeAskPerson } from './read/person.ts';
import { readCensus } from './read/read-census.ts';
import { readChanges } from './read/read-changes.ts';
import { readReport } from './read/read-report.ts';
import { notShown, readSingle } from './read/read-single.ts';
import { beginReading, type Read } from './read/reading.ts';
import { Unfinished } from './read/resume.ts';
import { isReportRead } from './reports-read.ts';
import type { Resource } from './resource.ts';

/** Reads any resource of the catalogue in the way its row there says, and reports. `now` is milliseconds since the epoch. */
export function makeReadResource(tools: { client: Client; now: () => number }): ReadResource {
  const deps = { ...tools, person: makeAskPerson(tools.client) };
  return async (read) => {
    if (isReportRead(read.resource)) return readReport(deps, read.resource, read);
    if (!isResource(read.resource)) throw new Problem('broken', `no resource is called ${read.resource}`);
    const resource = catalog[read.resource];
    try {
      return await readAs(deps, resource, read);
    } catch (error) {
      const kind = error instanceof Problem ? error.kind : undefined;
      if (resource.optional && (kind === 'no-permission' || kind === 'not-found'))
        return notShown(read, kind);
      throw error;
    }
  };
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
