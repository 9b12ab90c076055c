import * as z from 'zod';
import { integrationKey, sourceId } from '../domain/integration.ts';
import { Problem } from '../domain/problem.ts';
import { fieldsOf } from '../domain/unified/fields-of.ts';
import { apiOperation, Id } from './api-operation.ts';
import { PageQuery, pageInMemory, pageOf } from './paging.ts';
import { IntegrationReply, IntegrationsReply, integrationReply } from './wire/integration-reply.ts';

const Image = z.strictObject({ image: z.strictObject({ src: z.string(), alt: z.string() }) });

const BrandingReply = z.strictObject({
  logo: z.strictObject({ full: Image, square: Image }),
  button: z.strictObject({ default: Image, hover: Image }),
  sourceId: z.string(),
});

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
      refuseOther(params.platformKey);
      return integrationReply(await deps.findIntegration(), deps.publicUrl);
    },
  }),
  apiOperation({
    method: 'GET',
    path: '/integrations/{platformKey}/branding',
    name: 'getIntegrationBranding',
    summary: 'Shows where the logo and the button of an integration are.',
    role: 'read',
    params: z.object({ platformKey: Id }),
    success: 200,
    reply: BrandingReply,
    run: async ({ deps, params }) => {
      refuseOther(params.platformKey);
      const image = { image: { src: `${deps.publicUrl}/portal/freshbooks.svg`, alt: 'FreshBooks' } };
      return { logo: { full: image, square: image }, button: { default: image, hover: image }, sourceId };
    },
  }),
];

function refuseOther(platformKey: string): void {
  if (platformKey === integrationKey) return;
  throw new Problem(
    'not-found',
    `There is no integration with the key ${platformKey}. FreshBooks is "${integrationKey}".`,
  );
}
