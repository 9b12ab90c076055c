/** The portal's pages that others lead to. */
export const places = {
  companies: '/companies',
  integrations: '/settings/integrations/accounting',
  syncSettings: '/settings/sync',
  webhooks: '/settings/webhooks',
  apiKeys: '/settings/api-keys',
  linkSettings: '/settings/link',
} as const;

export const freshbooksPlace = `${places.integrations}/freshbooks`;

export function companyPlace(companyId: string): string {
  return `${places.companies}/${encodeURIComponent(companyId)}`;
}

export function webhookPlace(webhookId: string): string {
  return `${places.webhooks}/${encodeURIComponent(webhookId)}`;
}

/** Why a connection is or is not current. */
export function diagnosisPlace(companyId: string, connectionId: string): string {
  return `${companyPlace(companyId)}/connections/${encodeURIComponent(connectionId)}/health`;
}

/** What proves that a data type of a company holds everything. */
export function proofPlace(companyId: string, dataType: string): string {
  return `${companyPlace(companyId)}/proof/${encodeURIComponent(dataType)}`;
}
