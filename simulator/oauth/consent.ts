import { type Row, textOf } from '../json.ts';

/** What a person let an app do. */
export type Consent = { clientId: string; identityId: number; scopes: readonly string[] };

/** Whose consent it is: tokens are keyed by app and person (§9.2). */
export type Holder = Omit<Consent, 'scopes'>;

export const consentRow = ({ clientId, identityId, scopes }: Consent): Row => ({
  clientId,
  identityId,
  scope: scopes.join(' '),
});

export const consentOf = (row: Row): Consent => ({
  clientId: textOf(row, 'clientId'),
  identityId: Number(row['identityId']),
  scopes: textOf(row, 'scope').split(' ').filter(Boolean),
});

export const heldBy = (row: Row, { clientId, identityId }: Holder): boolean =>
  row['clientId'] === clientId && row['identityId'] === identityId;
