import * as z from 'zod';
import { integrationKey } from '../domain/integration.ts';
import { Problem } from '../domain/problem.ts';
import { fieldsOf } from '../domain/unified/fields-of.ts';
import { apiOperation, Id } from './api-operation.ts';
import { PageQuery, pageInMemory, pageOf } from './paging.ts';
import { IntegrationReply, IntegrationsReply, integrationReply } from './wire/integration-reply.ts';

const integrationFields = fieldsOf(IntegrationReply);

export const integrationsOperations = [
  apiOperation({
    method: 'GET',
    path: '/integrations',
    name: 'listIntegrations',
    summary: 'Lists the integrations: FreshBooks.',
    role: 'read',
    query: PageQuery,
    success: 200,
    reply: IntegrationsReply,
    run: async ({ deps, query }) => {
      const all = [integrationReply(await deps.findIntegration(), deps.publicUrl)];
      return pageOf('/integrations', query, pageInMemory(all, query, integrationFields));
    },
  }),
  apiOperation({
    method: 'GET',
    path: '/integrations/{platformKey}',
    name: 'getIntegration',
    summary: 'Shows an integration and what can be done with each data type.',
    role: 'read',
    params: z.object({ platformKey: Id }),
    success: 200,
    reply: IntegrationReply,
    run: async ({ deps, params }) => {
      if (params.platformKey !== integrationKey) {
        throw new Problem(
          'not-found',
          `There is no integration with the key ${params.platformKey}. FreshBooks is "${integrationKey}".`,
        );
      }
      return integrationReply(await deps.findIntegration(), deps.publicUrl);
    },
  }),
];
