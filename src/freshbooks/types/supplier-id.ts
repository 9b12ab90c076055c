import { createHash } from 'node:crypto';

const known = new Map<string, string>();
const remembered = 10_000;

/**
 * The id of a vendor that FreshBooks knows by name only. The same name always gives the same id, whatever its case
 * and spacing; it is safe in a URL, does not show the name, and can be no FreshBooks id, which are numbers.
 */
export function supplierId(vendor: string): string {
  const cached = known.get(vendor);
  if (cached !== undefined) return cached;
  const name = vendor.normalize('NFKC').trim().replaceAll(/\s+/g, ' ').toLowerCase();
  const id = `name-${createHash('sha256').update(name).digest('base64url').slice(0, 22)}`;
  if (known.size >= remembered) known.clear();
  known.set(vendor, id);
  return id;
}
