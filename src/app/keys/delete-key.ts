import { Problem } from '../../domain/problem.ts';
import type { ApiKeys } from '../ports.ts';

/**
 * Deletes an API key; it is refused from the next request on. The last key may be deleted only by somebody who is
 * signed in, who can make another one: a program would lock itself and everybody else out.
 */
export function makeDeleteKey({ apiKeys }: { apiKeys: Pick<ApiKeys, 'find' | 'all' | 'remove'> }) {
  return async (id: string, by: { signedIn: boolean }): Promise<void> => {
    if (!(await apiKeys.find(id))) throw noSuchKey(id);
    if (by.signedIn) {
      if (!(await apiKeys.remove(id))) throw noSuchKey(id);
      return;
    }
    const others = (await apiKeys.all()).filter((key) => key.id !== id);
    for (const other of others) if (await apiKeys.remove(id, other.id)) return;
    throw (await apiKeys.find(id)) ? lastKey() : noSuchKey(id);
  };
}

function lastKey(): Problem {
  return new Problem(
    'conflict',
    'This is the last API key. Create another one first, or delete it in the portal.',
  );
}

function noSuchKey(id: string): Problem {
  return new Problem('not-found', `There is no API key with the id ${id}. Check the id.`);
}
