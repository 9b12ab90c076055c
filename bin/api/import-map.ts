import { readFile, rename, writeFile } from 'node:fs/promises';
import * as z from 'zod';

const MapFile = z.object({
  /** Origins: a map is of one account and one installation. */
  from: z.string(),
  to: z.string(),
  /** By the company's id over there. */
  companies: z.record(
    z.string(),
    z.object({
      id: z.string(),
      /** Where its customer links here, instead of the address over there. */
      redirect: z.string(),
      wasRedirect: z.string().optional(),
      /** By the connection's id over there. */
      connections: z.record(z.string(), z.string()),
    }),
  ),
});
type MapFile = z.infer<typeof MapFile>;
export type MappedCompany = MapFile['companies'][string];

/** What became of what, so that an import can be repeated: nothing in it is made a second time. */
export type ImportMap = {
  find(companyId: string): MappedCompany | undefined;
  /** Returns when it is on the disk. */
  keep(companyId: string, mapped: MappedCompany): Promise<void>;
};

/** Reads the map of an earlier import, or begins one. Throws when the file is of another account or installation. */
export async function openImportMap(
  file: string,
  { from, to }: { from: string; to: string },
): Promise<ImportMap> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if (isMissing(error)) return undefined;
    throw error;
  });
  const held: MapFile = text === undefined ? { from, to, companies: {} } : MapFile.parse(JSON.parse(text));
  if (held.from !== from || held.to !== to) {
    throw new Error(`${file} is of an import from ${held.from} to ${held.to}. Give another file with --map.`);
  }
  return {
    find: (companyId) => held.companies[companyId],
    async keep(companyId, mapped) {
      held.companies[companyId] = mapped;
      // A whole file or the one before: whoever is interrupted here leaves no half of one.
      await writeFile(`${file}.new`, `${JSON.stringify(held, null, 2)}\n`);
      await rename(`${file}.new`, file);
    },
  };
}

function isMissing(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT';
}
