import { type Row, textOf } from '../json.ts';

/** One registered address (§5.1). */
export type Callback = {
  id: number;
  account: string;
  /** The app that registered it: another app does not see it. */
  clientId: string;
  event: string;
  uri: string;
  verifier: string;
  verified: boolean;
  /** Milliseconds since the epoch. */
  updatedAt: number;
};

export const callbackRow = (callback: Callback): Row => ({ ...callback });

export const readCallback = (row: Row): Callback => ({
  id: Number(row['id']),
  account: textOf(row, 'account'),
  clientId: textOf(row, 'clientId'),
  event: textOf(row, 'event'),
  uri: textOf(row, 'uri'),
  verifier: textOf(row, 'verifier'),
  verified: row['verified'] === true,
  updatedAt: Number(row['updatedAt']),
});

/** As the wire has it: never the verifier. */
export const shownCallback = ({ id, event, uri, verified, updatedAt }: Callback): Row => ({
  callbackid: id,
  event,
  uri,
  verified,
  updated_at: `${new Date(updatedAt).toISOString().slice(0, 19)}Z`,
});
