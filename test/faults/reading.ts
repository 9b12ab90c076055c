import * as z from 'zod';
import type { Party } from './checker.ts';
import { bodyOf, insist } from './people.ts';
import type { World } from './world.ts';

const NewKey = z.object({ apiKey: z.string() });
const List = z.object({ results: z.array(z.object({ id: z.string() })) });

/** I7: what a program reads of a company is its own books and nobody else's. */
export async function readAsTheirs(world: World, parties: readonly Party[]): Promise<string[]> {
  const wish = { method: 'POST', path: '/apiKeys', body: { name: 'reader', role: 'read' } };
  const key = NewKey.parse(bodyOf(await insist(world, wish, [201]))).apiKey;
  const found: string[] = [];
  for (const { ref, account } of parties) {
    const { companyId, connectionId } = ref;
    const lists = [
      `/companies/${companyId}/data/customers`,
      `/companies/${companyId}/connections/${connectionId}/freshbooks/clients`,
    ];
    for (const path of lists) {
      const { results } = List.parse(bodyOf(await insist(world, { method: 'GET', path, key }, [200])));
      const own = world.vendor.ever(account, 'clients');
      if (results.length !== own.size) found.push(`I1 ${path} shows ${results.length} of ${own.size}`);
      if (results.some(({ id }) => !own.has(id))) found.push(`I7 ${path} shows rows of others`);
    }
  }
  return found;
}
