import { readFileSync } from 'node:fs';
import * as z from 'zod';

const Package = z.object({
  version: z.string().optional(),
  resolved: z.string().optional(),
  optionalDependencies: z.record(z.string(), z.string()).optional(),
});
const Lock = z.object({ packages: z.record(z.string(), Package) });

/**
 * `npm ci` refuses a lock that lacks the optional builds of another platform, and a lock that names a host ties
 * everybody to it. Says what is wrong; undefined when the lock is whole.
 */
export function incompleteLock(file = 'package-lock.json'): string | undefined {
  const { packages } = Lock.parse(JSON.parse(readFileSync(file, 'utf8')));
  const missing = Object.entries(packages).flatMap(([place, held]) =>
    Object.keys(held.optionalDependencies ?? {}).filter(
      (name) =>
        packages[`node_modules/${name}`] === undefined &&
        packages[`${place}/node_modules/${name}`] === undefined,
    ),
  );
  const hosts = Object.entries(packages).filter(([, held]) => held.resolved !== undefined);
  if (missing.length > 0) return `the lock lacks ${missing.length} optional packages, such as ${missing[0]}`;
  return hosts.length > 0 ? `the lock names a host for ${hosts.length} packages` : undefined;
}
