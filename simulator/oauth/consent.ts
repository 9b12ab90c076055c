/** What a person let an app do. */
export type Consent = { clientId: string; identityId: number; scopes: readonly string[] };
