import * as z from 'zod';
import { fieldsOf } from '../domain/unified/fields-of.ts';
import { apiOperation, CompanyPath, ConnectionPath, Id } from './api-operation.ts';
import { linkForHealth } from './fresh-links.ts';
import { inLanguage } from './in-language.ts';
import { languageOf } from './link/language.ts';
import { PageQuery, pageInMemory, pageOf } from './paging.ts';
import { pathOf } from './path-of.ts';
import { healthReply } from './wire/health-reply.ts';
import {
  DataStatusReply,
  PullOperationReply,
  PullOperationsReply,
  pullReply,
  ValidationReply,
} from './wire/pull-operation-reply.ts';

const pullFields = fieldsOf(PullOperationReply);

export const refreshOperations = [
  apiOperation({
    method: 'POST',
    path: '/companies/{companyId}/data/all',
    name: 'refreshAll',
    summary: 'Asks for all data types of a company to be read again.',
    role: 'operate',
    params: CompanyPath,
    refusals: [409],
    success: 204,
    run: ({ deps, params }) => deps.refreshAll(params.companyId),
  }),
  apiOperation({
    method: 'POST',
    path: '/companies/{companyId}/data/queue/{dataType}',
    name: 'refreshDataType',
    summary:
      'Asks for one data type to be read again; asking for what waits already answers the same dataset.',
    role: 'operate',
    params: CompanyPath.extend({ dataType: Id }),
    query: z.object({ connectionId: Id.optional() }),
    refusals: [409],
    success: 200,
    reply: PullOperationReply,
    run: async ({ deps, params: { companyId, dataType }, query: { connectionId }, request }) =>
      pullReply(await deps.refreshType({ companyId, connectionId }, dataType), languageOf(request)),
  }),
  apiOperation({
    method: 'POST',
    path: '/companies/{companyId}/connections/{connectionId}/reproject/{dataType}',
    name: 'reprojectDataType',
    summary: 'Makes a data type again of the rows that are held, without a call to FreshBooks.',
    role: 'admin',
    params: ConnectionPath.extend({ dataType: Id }),
    refusals: [409],
    success: 200,
    reply: PullOperationReply,
    run: async ({ deps, params: { dataType, ...ref }, request }) =>
      pullReply(await deps.reprojectType(ref, dataType), languageOf(request)),
  }),
  apiOperation({
    method: 'GET',
    path: '/companies/{companyId}/dataStatus',
    name: 'getDataStatus',
    summary: 'Shows how each data type of a company stands.',
    role: 'read',
    params: CompanyPath,
    success: 200,
    reply: z.record(z.string(), DataStatusReply),
    run: async ({ deps, params, request }) => {
      const statuses = await deps.dataStatus(params.companyId);
      const [first] = statuses;
      if (first === undefined) return {};
      const { publicUrl } = deps;
      // All are of one connection.
      const healths = statuses.map(({ health }) => health);
      const linkUrl = await linkForHealth(deps, { ...params, ...first }, healths);
      const language = languageOf(request);
      const places = { language, publicUrl, linkUrl };
      return Object.fromEntries(
        statuses.map(({ health, linkToken: _token, connectionId: _id, message, ...status }) => {
          const said = message === undefined ? {} : { message: inLanguage(message, language) };
          return [status.dataType, { ...status, ...said, health: healthReply(health, places) }];
        }),
      );
    },
  }),
  apiOperation({
    method: 'GET',
    path: '/companies/{companyId}/data/history',
    name: 'listPullOperations',
    summary: 'Lists what was read when, newest first.',
    role: 'read',
    params: CompanyPath,
    query: PageQuery,
    success: 200,
    reply: PullOperationsReply,
    run: async ({ deps, params, query, request }) => {
      const all = await deps.pullHistory(params.companyId);
      const path = pathOf`/companies/${params.companyId}/data/history`;
      const { results, ...page } = pageInMemory(all, query, pullFields);
      const language = languageOf(request);
      return pageOf(path, query, { ...page, results: results.map((one) => pullReply(one, language)) });
    },
  }),
  apiOperation({
    method: 'GET',
    path: '/companies/{companyId}/data/history/{datasetId}',
    name: 'getPullOperation',
    summary: 'Shows one dataset of the history.',
    role: 'read',
    params: CompanyPath.extend({ datasetId: Id }),
    success: 200,
    reply: PullOperationReply,
    run: async ({ deps, params, request }) =>
      pullReply(await deps.findPull(params.companyId, params.datasetId), languageOf(request)),
  }),
  apiOperation({
    method: 'GET',
    path: '/companies/{companyId}/sync/{datasetId}/validation',
    name: 'getValidationResults',
    summary:
      'Shows what a dataset of the history found wrong: why it failed, or records that could not be mapped.',
    role: 'read',
    params: CompanyPath.extend({ datasetId: Id }),
    success: 200,
    reply: ValidationReply,
    run: async ({ deps, params, request }) => {
      const language = languageOf(request);
      const { errors, warnings } = await deps.validation(params.companyId, params.datasetId);
      const shown = ({ rule, itemId, message }: (typeof errors)[number]) => ({
        ruleId: rule,
        itemId,
        message: inLanguage(message, language),
        validatorName: 'ledgerlink',
      });
      return { errors: errors.map(shown), warnings: warnings.map(shown) };
    },
  }),
];
