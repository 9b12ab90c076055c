/**
 * Who may do what, cell by cell, written by hand: what each caller is answered at each operation with a valid request
 * for books that hold something. It is not made from the code's own table of roles, so that a slip there shows here.
 *
 * A new operation needs its row: think about each caller, then write the status that he is to be answered. Columns are
 * `callers` of role-matrix-world.ts: nobody, bad key, expired key, revoked key, another issuer's token, our issuer's
 * name on another's key; then a key that may read, operate, administer; then somebody who is signed in to the portal;
 * then the access token of that company, which opens its connections and links and nothing else.
 * 404 is the answer of FreshBooks' missing data types to everybody who may ask.
 */
const rows = `
GET /companies                                                                                       401 401 401 401 401 401  200 200 200 200  403
POST /companies                                                                                      401 401 401 401 401 401  403 200 200 200  403
GET /companies/{companyId}                                                                           401 401 401 401 401 401  200 200 200 200  403
PUT /companies/{companyId}                                                                           401 401 401 401 401 401  403 200 200 200  403
PATCH /companies/{companyId}                                                                         401 401 401 401 401 401  403 200 200 200  403
DELETE /companies/{companyId}                                                                        401 401 401 401 401 401  403 204 204 204  403
GET /companies/{companyId}/accessToken                                                               401 401 401 401 401 401  403 200 200 200  403
GET /companies/{companyId}/connections                                                               401 401 401 401 401 401  200 200 200 200  200
POST /companies/{companyId}/connections                                                              401 401 401 401 401 401  403 200 200 200  200
GET /companies/{companyId}/connections/{connectionId}                                                401 401 401 401 401 401  200 200 200 200  200
PATCH /companies/{companyId}/connections/{connectionId}                                              401 401 401 401 401 401  403 200 200 200  200
DELETE /companies/{companyId}/connections/{connectionId}                                             401 401 401 401 401 401  403 200 200 200  403
POST /companies/{companyId}/link                                                                     401 401 401 401 401 401  403 200 200 200  200
POST /companies/{companyId}/connections/{connectionId}/link                                          401 401 401 401 401 401  403 200 200 200  200
POST /companies/{companyId}/data/all                                                                 401 401 401 401 401 401  403 204 204 204  403
POST /companies/{companyId}/data/queue/{dataType}                                                    401 401 401 401 401 401  403 200 200 200  403
POST /companies/{companyId}/connections/{connectionId}/reproject/{dataType}                          401 401 401 401 401 401  403 403 200 200  403
GET /companies/{companyId}/dataStatus                                                                401 401 401 401 401 401  200 200 200 200  403
GET /companies/{companyId}/data/history                                                              401 401 401 401 401 401  200 200 200 200  403
GET /companies/{companyId}/data/history/{datasetId}                                                  401 401 401 401 401 401  200 200 200 200  403
GET /companies/{companyId}/dataStatus/{dataType}/proof                                               401 401 401 401 401 401  200 200 200 200  403
GET /companies/{companyId}/connections/{connectionId}/doctor                                         401 401 401 401 401 401  200 200 200 200  403
GET /companies/{companyId}/connections/{connectionId}/freshbooks/{resource}                          401 401 401 401 401 401  200 200 200 200  403
GET /companies/{companyId}/connections/{connectionId}/freshbooks/{resource}/proof                    401 401 401 401 401 401  200 200 200 200  403
GET /companies/{companyId}/connections/{connectionId}/freshbooks/{resource}/{rowId}/history          401 401 401 401 401 401  200 200 200 200  403
GET /companies/{companyId}/data/customers                                                            401 401 401 401 401 401  200 200 200 200  403
GET /companies/{companyId}/data/customers/{recordId}                                                 401 401 401 401 401 401  200 200 200 200  403
GET /companies/{companyId}/data/invoices                                                             401 401 401 401 401 401  200 200 200 200  403
GET /companies/{companyId}/data/invoices/{recordId}                                                  401 401 401 401 401 401  200 200 200 200  403
GET /companies/{companyId}/data/invoices/{recordId}/pdf                                              401 401 401 401 401 401  200 200 200 200  403
GET /companies/{companyId}/data/payments                                                             401 401 401 401 401 401  200 200 200 200  403
GET /companies/{companyId}/data/payments/{recordId}                                                  401 401 401 401 401 401  200 200 200 200  403
GET /companies/{companyId}/data/taxRates                                                             401 401 401 401 401 401  200 200 200 200  403
GET /companies/{companyId}/data/taxRates/{recordId}                                                  401 401 401 401 401 401  200 200 200 200  403
GET /companies/{companyId}/connections/{connectionId}/data/directCosts                               401 401 401 401 401 401  200 200 200 200  403
GET /companies/{companyId}/connections/{connectionId}/data/directCosts/{recordId}                    401 401 401 401 401 401  200 200 200 200  403
GET /companies/{companyId}/data/creditNotes                                                          401 401 401 401 401 401  200 200 200 200  403
GET /companies/{companyId}/data/creditNotes/{recordId}                                               401 401 401 401 401 401  200 200 200 200  403
GET /companies/{companyId}/data/bills                                                                401 401 401 401 401 401  200 200 200 200  403
GET /companies/{companyId}/data/bills/{recordId}                                                     401 401 401 401 401 401  200 200 200 200  403
GET /companies/{companyId}/data/billPayments                                                         401 401 401 401 401 401  200 200 200 200  403
GET /companies/{companyId}/data/billPayments/{recordId}                                              401 401 401 401 401 401  200 200 200 200  403
GET /companies/{companyId}/data/suppliers                                                            401 401 401 401 401 401  200 200 200 200  403
GET /companies/{companyId}/data/suppliers/{recordId}                                                 401 401 401 401 401 401  200 200 200 200  403
GET /companies/{companyId}/data/items                                                                401 401 401 401 401 401  200 200 200 200  403
GET /companies/{companyId}/data/items/{recordId}                                                     401 401 401 401 401 401  200 200 200 200  403
GET /companies/{companyId}/data/journalEntries                                                       401 401 401 401 401 401  200 200 200 200  403
GET /companies/{companyId}/data/journalEntries/{recordId}                                            401 401 401 401 401 401  200 200 200 200  403
GET /companies/{companyId}/data/accounts                                                             401 401 401 401 401 401  200 200 200 200  403
GET /companies/{companyId}/data/accounts/{recordId}                                                  401 401 401 401 401 401  200 200 200 200  403
GET /companies/{companyId}/connections/{connectionId}/data/directIncomes                             401 401 401 401 401 401  200 200 200 200  403
GET /companies/{companyId}/connections/{connectionId}/data/directIncomes/{recordId}                  401 401 401 401 401 401  200 200 200 200  403
GET /companies/{companyId}/data/trackingCategories                                                   401 401 401 401 401 401  200 200 200 200  403
GET /companies/{companyId}/data/trackingCategories/{recordId}                                        401 401 401 401 401 401  200 200 200 200  403
GET /companies/{companyId}/data/info                                                                 401 401 401 401 401 401  200 200 200 200  403
POST /companies/{companyId}/data/info                                                                401 401 401 401 401 401  403 200 200 200  403
GET /companies/{companyId}/data/billCreditNotes                                                      401 401 401 401 401 401  404 404 404 404  403
GET /companies/{companyId}/data/billCreditNotes/{recordId}                                           401 401 401 401 401 401  404 404 404 404  403
GET /companies/{companyId}/data/journals                                                             401 401 401 401 401 401  404 404 404 404  403
GET /companies/{companyId}/data/journals/{recordId}                                                  401 401 401 401 401 401  404 404 404 404  403
GET /companies/{companyId}/data/paymentMethods                                                       401 401 401 401 401 401  404 404 404 404  403
GET /companies/{companyId}/data/paymentMethods/{recordId}                                            401 401 401 401 401 401  404 404 404 404  403
GET /companies/{companyId}/data/purchaseOrders                                                       401 401 401 401 401 401  404 404 404 404  403
GET /companies/{companyId}/data/purchaseOrders/{recordId}/pdf                                        401 401 401 401 401 401  404 404 404 404  403
GET /companies/{companyId}/data/purchaseOrders/{recordId}                                            401 401 401 401 401 401  404 404 404 404  403
GET /companies/{companyId}/data/salesOrders                                                          401 401 401 401 401 401  404 404 404 404  403
GET /companies/{companyId}/data/salesOrders/{recordId}                                               401 401 401 401 401 401  404 404 404 404  403
GET /companies/{companyId}/connections/{connectionId}/data/accountTransactions                       401 401 401 401 401 401  404 404 404 404  403
GET /companies/{companyId}/connections/{connectionId}/data/accountTransactions/{recordId}            401 401 401 401 401 401  404 404 404 404  403
GET /companies/{companyId}/connections/{connectionId}/data/bankAccounts                              401 401 401 401 401 401  404 404 404 404  403
GET /companies/{companyId}/connections/{connectionId}/data/bankAccounts/{recordId}                   401 401 401 401 401 401  404 404 404 404  403
GET /companies/{companyId}/connections/{connectionId}/data/itemReceipts                              401 401 401 401 401 401  404 404 404 404  403
GET /companies/{companyId}/connections/{connectionId}/data/itemReceipts/{recordId}                   401 401 401 401 401 401  404 404 404 404  403
GET /companies/{companyId}/connections/{connectionId}/data/transfers                                 401 401 401 401 401 401  404 404 404 404  403
GET /companies/{companyId}/connections/{connectionId}/data/transfers/{recordId}                      401 401 401 401 401 401  404 404 404 404  403
GET /companies/{companyId}/connections/{connectionId}/data/bankAccounts/{recordId}/bankTransactions  401 401 401 401 401 401  404 404 404 404  403
GET /companies/{companyId}/data/financials/balanceSheet                                              401 401 401 401 401 401  200 200 200 200  403
GET /companies/{companyId}/data/financials/profitAndLoss                                             401 401 401 401 401 401  200 200 200 200  403
GET /companies/{companyId}/data/financials/cashFlowStatement                                         401 401 401 401 401 401  200 200 200 200  403
GET /companies/{companyId}/reports/agedDebtor                                                        401 401 401 401 401 401  200 200 200 200  403
GET /companies/{companyId}/reports/agedCreditor                                                      401 401 401 401 401 401  200 200 200 200  403
GET /companies/{companyId}/reports/agedDebtor/available                                              401 401 401 401 401 401  200 200 200 200  403
GET /companies/{companyId}/reports/agedCreditor/available                                            401 401 401 401 401 401  200 200 200 200  403
GET /integrations                                                                                    401 401 401 401 401 401  200 200 200 200  403
GET /integrations/{platformKey}                                                                      401 401 401 401 401 401  200 200 200 200  403
GET /events                                                                                          401 401 401 401 401 401  200 200 200 200  403
GET /webhooks                                                                                        401 401 401 401 401 401  200 200 200 200  403
POST /webhooks                                                                                       401 401 401 401 401 401  403 403 201 201  403
GET /webhooks/eventTypes                                                                             401 401 401 401 401 401  200 200 200 200  403
GET /webhooks/{webhookId}                                                                            401 401 401 401 401 401  200 200 200 200  403
PUT /webhooks/{webhookId}                                                                            401 401 401 401 401 401  403 403 200 200  403
DELETE /webhooks/{webhookId}                                                                         401 401 401 401 401 401  403 403 204 204  403
POST /webhooks/{webhookId}/secret                                                                    401 401 401 401 401 401  403 403 201 201  403
POST /webhooks/{webhookId}/test                                                                      401 401 401 401 401 401  403 403 200 200  403
GET /webhooks/{webhookId}/deliveries                                                                 401 401 401 401 401 401  200 200 200 200  403
POST /webhooks/{webhookId}/replay                                                                    401 401 401 401 401 401  403 403 200 200  403
GET /apiKeys                                                                                         401 401 401 401 401 401  403 403 200 200  403
POST /apiKeys                                                                                        401 401 401 401 401 401  403 403 201 201  403
DELETE /apiKeys/{apiKeyId}                                                                           401 401 401 401 401 401  403 403 204 204  403
GET /profile                                                                                         401 401 401 401 401 401  200 200 200 200  403
GET /companies/{companyId}/connections/{connectionId}/options/{dataType}                             401 401 401 401 401 401  404 404 404 404  403
POST /companies/{companyId}/connections/{connectionId}/push/{dataType}                               401 401 401 401 401 401  403 404 404 404  403
PUT /companies/{companyId}/connections/{connectionId}/push/{dataType}/{recordId}                     401 401 401 401 401 401  403 404 404 404  403
DELETE /companies/{companyId}/connections/{connectionId}/push/{dataType}/{recordId}                  401 401 401 401 401 401  403 404 404 404  403
POST /companies/{companyId}/connections/{connectionId}/push/{dataType}/{recordId}/attachment         401 401 401 401 401 401  403 404 404 404  403
POST /companies/{companyId}/connections/{connectionId}/push/{dataType}/{recordId}/attachments        401 401 401 401 401 401  403 404 404 404  403
POST /companies/{companyId}/connections/{connectionId}/push/{dataType}/{recordId}/bankTransactions   401 401 401 401 401 401  403 404 404 404  403
GET /companies/{companyId}/connections/{connectionId}/data/{dataType}/{recordId}/attachments         401 401 401 401 401 401  404 404 404 404  403
GET /companies/{companyId}/connections/{connectionId}/data/{dataType}/{recordId}/attachments/{attachmentId}  401 401 401 401 401 401  404 404 404 404  403
GET /companies/{companyId}/connections/{connectionId}/data/{dataType}/{recordId}/attachments/{attachmentId}/download  401 401 401 401 401 401  404 404 404 404  403
GET /companies/{companyId}/push                                                                      401 401 401 401 401 401  200 200 200 200  403
GET /companies/{companyId}/push/{pushOperationKey}                                                   401 401 401 401 401 401  404 404 404 404  403
GET /integrations/{platformKey}/branding                                                             401 401 401 401 401 401  200 200 200 200  403
GET /companies/{companyId}/sync/{datasetId}/validation                                               401 401 401 401 401 401  200 200 200 200  403
PUT /profile                                                                                         401 401 401 401 401 401  403 403 200 200  403
GET /profile/rateLimit                                                                               401 401 401 401 401 401  200 200 200 200  403
GET /corsSettings                                                                                    401 401 401 401 401 401  200 200 200 200  403
POST /corsSettings                                                                                   401 401 401 401 401 401  403 403 200 200  403
PUT /profile/rateLimit                                                                               401 401 401 401 401 401  403 403 200 200  403
GET /profile/syncSettings                                                                            401 401 401 401 401 401  200 200 200 200  403
POST /profile/syncSettings                                                                           401 401 401 401 401 401  403 403 204 204  403
GET /companies/{companyId}/syncSettings                                                              401 401 401 401 401 401  200 200 200 200  403
POST /companies/{companyId}/syncSettings                                                             401 401 401 401 401 401  403 204 204 204  403
GET /openapi.json                                                                                    200 200 200 200 200 200  200 200 200 200  200
PUT /companies/{companyId}/connections/{connectionId}/businessChange                                  401 401 401 401 401 401  403 200 200 200  403
GET /setup/integration                                                                               401 401 401 401 401 401  401 401 401 200  401
GET /setup/integration/keys                                                                          401 401 401 401 401 401  401 401 401 200  401
GET /setup/integration/refusals                                                                      401 401 401 401 401 401  401 401 401 200  401
PUT /setup/integration/refusals                                                                      401 401 401 401 401 401  401 401 401 200  401
PUT /setup/integration/keys                                                                          401 401 401 401 401 401  401 401 401 200  401
PUT /setup/integration/scopes                                                                        401 401 401 401 401 401  401 401 401 200  401
PUT /setup/integration/enabled                                                                       401 401 401 401 401 401  401 401 401 200  401
GET /setup/link-settings                                                                             401 401 401 401 401 401  401 401 401 200  401
PUT /setup/link-settings                                                                             401 401 401 401 401 401  401 401 401 200  401
PUT /companies/{companyId}/connections/{connectionId}/authorization                                  401 401 401 401 401 401  403 403 200 200  401
POST /companies/{companyId}/connections/{connectionId}/authorization/export                          401 401 401 401 401 401  403 403 200 200  401
POST /companies/{companyId}/connections/{connectionId}/authorization/acknowledge                     401 401 401 401 401 401  403 403 204 204  401
GET /docs                                                                                            200 200 200 200 200 200  200 200 200 200  200
GET /setup/retention                                                                                  401 401 401 401 401 401  401 401 401 200  401
PUT /setup/retention                                                                                  401 401 401 401 401 401  401 401 401 200  401
`;

/** The body with which an operation that needs one succeeds. */
export const bodies: Readonly<Record<string, unknown>> = {
  'POST /companies': { name: 'New' },
  'PUT /companies/{companyId}': { name: 'Renamed' },
  'PATCH /companies/{companyId}': { name: 'Renamed' },
  'POST /companies/{companyId}/connections': { platformKey: 'vxvy' },
  'PATCH /companies/{companyId}/connections/{connectionId}': { status: 'Unlinked' },
  'PUT /companies/{companyId}/connections/{connectionId}/businessChange': { allowed: false },
  'POST /apiKeys': { name: 'CI' },
  'PUT /profile': { name: 'Ours', redirectUrl: 'https://app.example.com/back' },
  'POST /corsSettings': { allowedOrigins: ['https://app.example.com'] },
  'PUT /profile/rateLimit': { requestsPerMinute: 600 },
  'POST /webhooks': { url: 'https://hooks.example.com/' },
  'PUT /webhooks/{webhookId}': { url: 'https://hooks.example.com/' },
  'POST /webhooks/{webhookId}/replay': { failed: true },
  'POST /profile/syncSettings': { overridesDefaults: false },
  'POST /companies/{companyId}/syncSettings': { overridesDefaults: true, settings: [] },
  'PUT /setup/integration/refusals': { believed: true },
  'PUT /companies/{companyId}/connections/{connectionId}/authorization': {
    clientId: 'app',
    accessToken: 'canary-access-1',
    refreshToken: 'canary-refresh-2',
  },
  'POST /companies/{companyId}/connections/{connectionId}/authorization/export': {
    connections: ['connection-in-use'],
  },
  'PUT /setup/integration/keys': { clientId: 'app', clientSecret: 'secret' },
  'PUT /setup/integration/scopes': { scopes: ['user:profile:read'] },
  'PUT /setup/integration/enabled': { enabled: true },
  'PUT /setup/retention': { days: 30 },
  'PUT /setup/link-settings': { redirectUrl: 'https://app.example.com/' },
};

const periods = 'periodLength=1&periodsToCompare=1';

/** The query without which an operation does not succeed. */
export const queries: Readonly<Record<string, string>> = {
  'GET /companies/{companyId}/data/financials/balanceSheet': periods,
  'GET /companies/{companyId}/data/financials/profitAndLoss': periods,
  'GET /companies/{companyId}/data/financials/cashFlowStatement': periods,
};

/** Other ids than the first company's, where the operation wants another state than it is in. */
export const otherIds: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  // A company that has linked once cannot have a second connection.
  'POST /companies/{companyId}/connections': { companyId: 'company-3' },
  'POST /companies/{companyId}/connections/{connectionId}/authorization/export': {
    connectionId: 'connection-in-use',
  },
  'POST /companies/{companyId}/connections/{connectionId}/authorization/acknowledge': {
    connectionId: 'connection-handed-over',
  },
};

/** The expected statuses of each operation by its place, in the order of the callers. */
export const matrix: ReadonlyMap<string, readonly number[]> = new Map(
  rows
    .trim()
    .split('\n')
    .map((line) => {
      const [method = '', path = '', ...cells] = line.trim().split(/ +/);
      return [`${method} ${path}`, cells.map(Number)];
    }),
);
