import type { RawRow, ReadReport } from '../../app/ports.ts';
import { instantAt, millisOf } from '../../domain/instant.ts';
import type { Problem } from '../../domain/problem.ts';
import type { Client } from '../client.ts';
import { easternDay } from '../eastern.ts';
import { addressOf, singleIn } from '../families.ts';
import { toRawRow } from '../raw-row.ts';
import type { Resource } from '../resource.ts';
import { membershipIn } from './membership.ts';
import type { Read } from './reading.ts';

/** Reads a resource that is one row: the business as users/me shows it, say, or its accounting system. */
export async function readSingle(
  deps: { client: Client; now: () => number },
  resource: Resource,
  read: Read,
): Promise<ReadReport> {
  if (deps.now() >= millisOf(read.deadline))
    return { ...nothing(read), complete: false, unfinished: 'again' };
  const row = await oneRow(deps.client, resource, read);
  if (row === undefined) return { ...nothing(read), warnings: [`${read.resource}: FreshBooks names none`] };
  await read.onRows([row]);
  return {
    ...nothing(read),
    cursor: easternDay(instantAt(deps.now())),
    pages: 1,
    rowsRead: 1,
    sourceTotal: 1,
  };
}

async function oneRow(client: Client, resource: Resource, read: Read): Promise<RawRow | undefined> {
  const { business } = read;
  const path = addressOf(resource, business);
  if (path === undefined) return undefined;
  const request = {
    subject: read.resource,
    path,
    access: { token: read.token, refused: read.refused },
    as: (body: unknown) =>
      read.resource === 'users_me' ? membershipIn(body, business) : singleIn(body, resource, read.resource),
    deadline: millisOf(read.deadline),
  };
  const { value } = await client.get(request);
  return toRawRow(resource, value);
}

/** The report of a resource that this person is not shown: nothing was read, and nothing counts as gone. */
export function notShown(read: Read, { kind, sentence, reason, scope }: Problem): ReadReport {
  const why =
    kind === 'not-found'
      ? {
          status: 'NotSupported' as const,
          message: `${read.resource}: FreshBooks does not have it for this business.`,
        }
      : {
          status: 'PermissionsError' as const,
          message: sentence,
          ...(reason && { reason }),
          ...(scope && { scope }),
        };
  return { ...nothing(read), warnings: [why.message], notShown: why };
}

function nothing(read: Read): ReadReport {
  const cursor = read.cursor === undefined ? {} : { cursor: read.cursor };
  return { ...cursor, complete: true, pages: 0, rowsRead: 0, hiddenRows: 0, vanished: [], warnings: [] };
}
