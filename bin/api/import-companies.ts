import { createHash } from 'node:crypto';
import * as z from 'zod';
import { type ApiClient, Refused } from './api-client.ts';
import type { ImportMap, MappedCompany } from './import-map.ts';
import { listPages } from './list-pages.ts';

const absent = z.null().transform(() => undefined);
const Connection = z.object({
  id: z.string(),
  integrationKey: z.string().optional(),
  status: z.string(),
});
type Connection = z.infer<typeof Connection>;
/** A company as an account of this shape lists it: strict about what is copied, blind to the rest. */
const Company = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string().or(absent).optional(),
  tags: z.record(z.string(), z.string()).or(absent).optional(),
  redirect: z.string().optional(),
  dataConnections: z.array(Connection).or(absent).optional(),
});
type Company = z.infer<typeof Company>;
const Made = z.object({ id: z.string(), redirect: z.string() });
const Linked = z.object({ id: z.string(), status: z.string(), linkUrl: z.string() });

/** What became of a company or of its connection. */
export type ImportRow = {
  outcome: 'made' | 'there' | 'skipped' | 'FAILED' | 'to make';
  /** `name (id over there)` */
  company: string;
  /** Ids here, or why not. */
  what: string;
  /** The next step, which only people can make. */
  next?: string;
};

export type ImportWish = {
  /** The integration whose connections are copied, by its key over there. */
  platform: string;
  dryRun: boolean;
};

type Tools = { source: ApiClient; target: ApiClient; map: ImportMap; tell: (row: ImportRow) => void };

/**
 * Copies the companies of an account that have connections of the integration, each with a connection that waits for
 * its consent. What the map has is not made again; what fails is told, and the others go on. True when nothing failed.
 */
export async function importCompanies(tools: Tools, wish: ImportWish): Promise<boolean> {
  let good = true;
  const tell = (row: ImportRow) => {
    good &&= row.outcome !== 'FAILED';
    tools.tell(row);
  };
  for await (const company of listPages(tools.source, '/companies?page=1&pageSize=100', Company)) {
    const named = `${company.name} (${company.id})`;
    const say = (row: Omit<ImportRow, 'company'>) => tell({ company: named, ...row });
    try {
      await importCompany({ ...tools, say }, wish, company);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      say({ outcome: 'FAILED', what: error.sentence });
    }
  }
  return good;
}

type Saying = Omit<Tools, 'tell'> & { say: (row: Omit<ImportRow, 'company'>) => void };

async function importCompany(tools: Saying, { platform, dryRun }: ImportWish, company: Company) {
  const { say, map } = tools;
  const ours = (company.dataConnections ?? []).filter(({ integrationKey }) => integrationKey === platform);
  const live = ours.filter(({ status }) => status !== 'Unlinked');
  const [first, ...others] = live;
  if (first === undefined) {
    const why = ours.length === 0 ? `no connection of ${platform}` : 'all its connections are unlinked';
    return say({ outcome: 'skipped', what: why });
  }
  if (dryRun) {
    const known = map.find(company.id);
    return say(
      known === undefined
        ? { outcome: 'to make', what: 'a company and its connection' }
        : { outcome: 'there', what: known.id },
    );
  }
  const mapped = await companyFor(tools, company);
  if (mapped !== undefined) await connect(tools, company, mapped, first);
  for (const { id } of others) {
    say({ outcome: 'FAILED', what: `connection ${id}: a company has one connection; make it a company` });
  }
}

/** The company here; `undefined` when it was deleted here since. */
async function companyFor(
  { target, map, say }: Saying,
  company: Company,
): Promise<MappedCompany | undefined> {
  const known = map.find(company.id);
  if (known !== undefined) {
    if (await exists(target, known.id)) return known;
    say({ outcome: 'skipped', what: `${known.id} was deleted here; take it out of the map to make it anew` });
    return undefined;
  }
  const { name, description, tags, redirect } = company;
  const body = { name, ...(description ? { description } : {}), tags: tags ?? {} };
  // Whoever is interrupted before the map is written finds the same company under the same key.
  const made = await target('POST', '/companies', Made, body, { idempotencyKey: keyOf(company.id) });
  const mapped = {
    ...made,
    ...(redirect === undefined ? {} : { wasRedirect: redirect }),
    connections: {},
  };
  await map.keep(company.id, mapped);
  return mapped;
}

async function exists(target: ApiClient, id: string): Promise<boolean> {
  try {
    await target('GET', `/companies/${encodeURIComponent(id)}`, Made);
    return true;
  } catch (error) {
    if (error instanceof Refused && error.status === 404) return false;
    throw error;
  }
}

async function connect(
  { target, map, say }: Saying,
  company: Company,
  mapped: MappedCompany,
  { id: former }: Connection,
): Promise<void> {
  const of = `/companies/${encodeURIComponent(mapped.id)}/connections`;
  const known = mapped.connections[former];
  const linked =
    known === undefined
      ? await target('POST', of, Linked, { platformKey: 'vxvy' })
      : await target('GET', `${of}/${encodeURIComponent(known)}`, Linked);
  if (known === undefined) {
    const connections = { ...mapped.connections, [former]: linked.id };
    await map.keep(company.id, { ...mapped, connections });
  }
  say({
    outcome: known === undefined ? 'made' : 'there',
    what: `company ${mapped.id}, connection ${linked.id}, ${linked.status}`,
    ...(linked.status === 'Linked'
      ? {}
      : { next: `PUT ${of}/${linked.id}/authorization with its tokens, or send ${linked.linkUrl}` }),
  });
}

function keyOf(companyId: string): string {
  return `import-${createHash('sha256').update(companyId).digest('hex')}`;
}
