import * as z from 'zod';
import { parseQuery } from '../domain/query.ts';
import type { ApiDeps } from './api-deps.ts';
import { apiOperation, CompanyPath } from './api-operation.ts';
import { compact } from './compact.ts';
import { CompanyBody, CompanyChangesBody } from './company-body.ts';
import { withFreshLinks } from './fresh-links.ts';
import { PageQuery, type PageWish, pageInMemory, pageOf } from './paging.ts';
import { CompaniesReply, CompanyReply, companyFields, companyReply } from './wire/company-reply.ts';

const ListQuery = PageQuery.extend({
  /** The query language over tags: `region=west&&tier!=free`. */
  tags: z.string().optional(),
});

export const companiesOperations = [
  apiOperation({
    method: 'GET',
    path: '/companies',
    name: 'listCompanies',
    summary: 'Lists companies with their connections, the oldest first.',
    role: 'read',
    query: ListQuery,
    success: 200,
    reply: CompaniesReply,
    run: async ({ deps, query }) =>
      pageOf('/companies', query, await findPage(deps, query), { asked: { tags: query.tags } }),
  }),
  apiOperation({
    method: 'POST',
    path: '/companies',
    name: 'createCompany',
    summary: 'Creates a company. Its customer links FreshBooks by following "redirect".',
    role: 'operate',
    body: CompanyBody,
    success: 200,
    reply: CompanyReply,
    run: async ({ deps, body, caller, creates }) => {
      const by = caller.kind === 'user' ? await caller.signInName() : undefined;
      const company = await deps.createCompany(compact(body), by, creates);
      return withFreshLinks(deps, companyReply(company, [], deps.publicUrl));
    },
  }),
  apiOperation({
    method: 'GET',
    path: '/companies/{companyId}',
    name: 'getCompany',
    summary: 'Shows one company with its connections.',
    role: 'read',
    params: CompanyPath,
    success: 200,
    reply: CompanyReply,
    run: ({ deps, params }) => shown(deps, params.companyId),
  }),
  apiOperation({
    method: 'PUT',
    path: '/companies/{companyId}',
    name: 'replaceCompany',
    summary: 'Replaces name, description and tags; what is left out is gone.',
    role: 'operate',
    params: CompanyPath,
    body: CompanyBody,
    success: 200,
    reply: CompanyReply,
    run: async ({ deps, params, body }) => {
      await deps.replaceCompany(params.companyId, compact(body));
      return shown(deps, params.companyId);
    },
  }),
  apiOperation({
    method: 'PATCH',
    path: '/companies/{companyId}',
    name: 'updateCompany',
    summary: 'Changes what is given of name, description and tags.',
    role: 'operate',
    params: CompanyPath,
    body: CompanyChangesBody,
    success: 200,
    reply: CompanyReply,
    run: async ({ deps, params, body }) => {
      await deps.updateCompany(params.companyId, compact(body));
      return shown(deps, params.companyId);
    },
  }),
  apiOperation({
    method: 'DELETE',
    path: '/companies/{companyId}',
    name: 'deleteCompany',
    summary: 'Deletes a company, its connections and all that was read.',
    role: 'operate',
    params: CompanyPath,
    success: 204,
    run: ({ deps, params }) => deps.deleteCompany(params.companyId),
  }),
];

async function shown(deps: ApiDeps, companyId: string): Promise<CompanyReply> {
  const { company, connections } = await deps.findCompany(companyId);
  return withFreshLinks(deps, companyReply(company, connections, deps.publicUrl));
}

/** Connections are read for the companies of the page alone, unless the query or the order is about them. */
async function findPage(deps: ApiDeps, query: z.infer<typeof ListQuery>) {
  const tagged = query.tags?.trim() ? parseQuery(query.tags) : () => true;
  const companies = (await deps.listCompanies()).filter(({ tags }) => tagged(tags));
  if (aboutConnections(query)) {
    const all = await deps.withConnections(companies);
    const replies = all.map(({ company, connections }) => companyReply(company, connections, deps.publicUrl));
    return pageInMemory(replies, query, companyFields);
  }
  const bare = companies.map((company) => ({ company, ...companyReply(company, [], deps.publicUrl) }));
  const { results, totalResults } = pageInMemory(bare, query, companyFields);
  const filled = await deps.withConnections(results.map(({ company }) => company));
  return {
    results: filled.map(({ company, connections }) => companyReply(company, connections, deps.publicUrl)),
    totalResults,
  };
}

function aboutConnections({ query = '', orderBy = '' }: PageWish): boolean {
  return /dataConnections|lastSync/.test(query + orderBy);
}
