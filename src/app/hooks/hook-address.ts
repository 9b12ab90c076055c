import type { ConnectionRef } from '../../domain/connection.ts';

/** Addresses that FreshBooks posts to: `{origin}/hooks/freshbooks/{companyId}/{connectionId}/{token}`. */
export type HookAddresses = {
  of(ref: ConnectionRef, token: string): string;
  /** How every address begins that the connection ever had. */
  beginOf(ref: ConnectionRef): string;
  /** Whose address it is; `undefined` for one that is none of ours. */
  refOf(address: string): ConnectionRef | undefined;
};

export function makeHookAddresses(publicUrl: string): HookAddresses {
  const root = `${publicUrl}/hooks/freshbooks/`;
  const beginOf = ({ companyId, connectionId }: ConnectionRef): string =>
    `${root}${companyId}/${connectionId}/`;
  return {
    beginOf,
    of: (ref, token) => beginOf(ref) + token,
    refOf: (address) => {
      if (!address.startsWith(root)) return undefined;
      const [companyId, connectionId, token] = address.slice(root.length).split('/');
      return companyId && connectionId && token ? { companyId, connectionId } : undefined;
    },
  };
}
