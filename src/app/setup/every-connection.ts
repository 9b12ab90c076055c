import type { Connection } from '../../domain/connection.ts';
import type { Companies, Connections } from '../ports.ts';

const atOnce = 25;

/** Every connection of every company, in whatever state, with the company's name. */
export async function everyConnection({
  companies,
  connections,
}: {
  companies: Pick<Companies, 'all'>;
  connections: Pick<Connections, 'ofCompany'>;
}): Promise<{ companyName: string; connection: Connection }[]> {
  const all = await companies.all();
  const found: { companyName: string; connection: Connection }[] = [];
  for (let from = 0; from < all.length; from += atOnce) {
    const some = all.slice(from, from + atOnce).map(async ({ id, name: companyName }) => {
      const held = await connections.ofCompany(id);
      return held.map((connection) => ({ companyName, connection }));
    });
    found.push(...(await Promise.all(some)).flat());
  }
  return found;
}
