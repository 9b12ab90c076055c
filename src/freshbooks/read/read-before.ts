import { Problem } from '../../domain/problem.ts';
import { markOf } from './cursor.ts';
import { readList } from './read-list.ts';
import { inState, isSince, type Reading } from './reading.ts';
import type { Before } from './resume.ts';

/**
 * Looks at what a read has to know before its own lists. The first one: which rows are deleted and archived; later ones
 * know from the read before. And what happened to the rows of another resource that change rows of this one.
 * `undefined`: the deadline came first.
 */
export async function readBefore(reading: Reading): Promise<Before | undefined> {
  const states = await statesBefore(reading);
  const moved = states && (await moversBefore(reading));
  return moved && { ...states, ...moved };
}

async function statesBefore(reading: Reading): Promise<Pick<Before, 'deleted' | 'archived'> | undefined> {
  if (reading.since !== undefined) return { deleted: [], archived: [] };
  const deleted = await readList(reading.list(inState.deleted));
  if (!deleted.finished) return undefined;
  if (!reading.archives) return { deleted: [...deleted.gone], archived: [] };
  const archived = await readList(reading.list(inState.archived));
  return archived.finished ? { deleted: [...deleted.gone], archived: [...archived.ids] } : undefined;
}

/** Where the other resource cannot be read it moves nothing that could be known: the mark stays as it was. */
async function moversBefore(reading: Reading): Promise<Pick<Before, 'movers' | 'owners'> | undefined> {
  try {
    return await readMovers(reading);
  } catch (error) {
    if (!(error instanceof Problem) || error.kind === 'access-lost' || error.kind === 'conflict') throw error;
    return { movers: reading.since?.movers ?? '', owners: [] };
  }
}

async function readMovers({
  movers,
  since,
}: Reading): Promise<Pick<Before, 'movers' | 'owners'> | undefined> {
  if (movers === undefined) return { movers: '', owners: [] };
  const owners = new Set<string>();
  const note: Parameters<typeof movers.list>[1] = async (rows) => {
    for (const { raw } of rows) {
      const owner = movers.ownerOf(raw);
      if (owner !== undefined && isSince(raw, since?.day)) owners.add(owner);
    }
  };
  const deleted = await readList(movers.list(inState.deleted, async () => undefined));
  if (!deleted.finished) return undefined;
  if (since !== undefined) {
    const changed = await readList(movers.list([['search[updated_min]', since.day]], note));
    if (!changed.finished) return undefined;
  }
  return { movers: markOf(deleted.gone), owners: [...owners] };
}
