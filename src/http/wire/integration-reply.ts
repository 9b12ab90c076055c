import * as z from 'zod';
import { dataTypes } from '../../domain/data-types.ts';
import { type Integration, integrationId, integrationKey, sourceId } from '../../domain/integration.ts';
import { listOf } from './links.ts';

/** Every accounting data type that clients of this API know. */
export const knownDataTypes = [
  'accountTransactions',
  'balanceSheet',
  'bankAccounts',
  'bankTransactions',
  'billCreditNotes',
  'billPayments',
  'bills',
  'cashFlowStatement',
  'chartOfAccounts',
  'company',
  'creditNotes',
  'customers',
  'directCosts',
  'directIncomes',
  'invoices',
  'itemReceipts',
  'items',
  'journalEntries',
  'journals',
  'paymentMethods',
  'payments',
  'profitAndLoss',
  'purchaseOrders',
  'salesOrders',
  'suppliers',
  'taxRates',
  'trackingCategories',
  'transfers',
] as const;

const Feature = z.strictObject({
  featureType: z.enum(['Get', 'Post', 'Put', 'Delete', 'GetAsPdf']),
  featureState: z.enum(['Release', 'NotSupported']),
});

export const IntegrationReply = z.strictObject({
  key: z.string(),
  logoUrl: z.string(),
  name: z.string(),
  /** Whether customers may link now. */
  enabled: z.boolean(),
  sourceId: z.string(),
  sourceType: z.enum(['Accounting']),
  integrationId: z.string(),
  isOfflineConnector: z.boolean(),
  isBeta: z.boolean(),
  dataProvidedBy: z.string(),
  datatypeFeatures: z.array(
    z.strictObject({ dataType: z.enum(knownDataTypes), supportedFeatures: z.array(Feature) }),
  ),
});
export type IntegrationReply = z.infer<typeof IntegrationReply>;

export const IntegrationsReply = listOf(IntegrationReply);

/** FreshBooks as the API shows it; `integration` is undefined before it is set up. */
export function integrationReply(integration: Integration | undefined, publicUrl: string): IntegrationReply {
  const served: readonly string[] = dataTypes;
  return {
    key: integrationKey,
    logoUrl: `${publicUrl}/portal/freshbooks.svg`,
    name: 'FreshBooks',
    enabled: integration?.enabled ?? false,
    sourceId,
    sourceType: 'Accounting',
    integrationId,
    isOfflineConnector: false,
    isBeta: false,
    dataProvidedBy: 'FreshBooks',
    datatypeFeatures: knownDataTypes.map((dataType) => ({
      dataType,
      supportedFeatures: [
        { featureType: 'Get', featureState: served.includes(dataType) ? 'Release' : 'NotSupported' },
        ...(dataType === 'invoices' ? ([{ featureType: 'GetAsPdf', featureState: 'Release' }] as const) : []),
      ],
    })),
  };
}
