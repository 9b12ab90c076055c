import * as z from 'zod';
import type { Company } from '../../domain/company.ts';
import type { Connection } from '../../domain/connection.ts';
import type { Fields } from '../../domain/query/fields.ts';
import { fieldsOf } from '../../domain/unified/fields-of.ts';
import { DateTime } from '../../domain/unified/scalars.ts';
import { ConnectionReply, connectionReply, lastSync } from './connection-reply.ts';
import { listOf } from './links.ts';

export const CompanyReply = z.strictObject({
  id: z.string(),
  name: z.string(),
  description: z.string().optional(),
  /** The company's hosted link: where its customer connects FreshBooks. */
  redirect: z.string(),
  /** Always empty; older clients expect it. */
  platform: z.literal(''),
  lastSync: DateTime.optional(),
  created: DateTime,
  createdByUserName: z.string().optional(),
  products: z.array(z.string()),
  tags: z.record(z.string(), z.string()),
  referenceSubsidiaryCompanies: z.array(z.strictObject({ id: z.string() })),
  dataConnections: z.array(ConnectionReply),
});
export type CompanyReply = z.infer<typeof CompanyReply>;

export const CompaniesReply = listOf(CompanyReply);

/** Lists are closed to queries but for this one: `dataConnections.status=Linked` is how companies are looked for. */
export const companyFields: Fields = {
  ...fieldsOf(CompanyReply),
  ...Object.fromEntries(
    Object.entries(fieldsOf(ConnectionReply)).map(([path, kind]) => [`dataConnections.${path}`, kind]),
  ),
};

/** A company's hosted link. */
export function redirectOf({ linkToken }: Company, publicUrl: string): string {
  return `${publicUrl}/link/company/${linkToken}`;
}

/** A company as the API shows it, with its connections. */
export function companyReply(
  company: Company,
  connections: readonly Connection[],
  publicUrl: string,
): CompanyReply {
  const synced = connections
    .flatMap((connection) => lastSync(connection) ?? [])
    .toSorted()
    .at(-1);
  return {
    id: company.id,
    name: company.name,
    ...(company.description === undefined ? {} : { description: company.description }),
    redirect: redirectOf(company, publicUrl),
    platform: '',
    ...(synced === undefined ? {} : { lastSync: synced }),
    created: company.created,
    ...(company.createdBy === undefined ? {} : { createdByUserName: company.createdBy }),
    products: [],
    tags: company.tags,
    referenceSubsidiaryCompanies: [],
    dataConnections: connections.map((connection) => connectionReply(connection, publicUrl)),
  };
}
