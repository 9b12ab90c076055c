import type { Connection, ConnectionRef } from '../../domain/connection.ts';
import type { Proof, ResourceState, Trouble } from '../../domain/dataset.ts';
import type { Instant } from '../../domain/instant.ts';
import { heldResource, lastWholeRead } from './held-resource.ts';

/** How the latest reads of a resource ended: what the last one to reach its end proves, and what went wrong since. */
export type ResourceRead = { certificate?: Proof; trouble?: Trouble };

/** All that shows whether a resource is held as FreshBooks has it. */
export type ResourceProof = ResourceRead & {
  resource: string;
  connectionId: string;
  /** The latest read came to its end without trouble, and what is held is just what its certificate proves. */
  complete: boolean;
  lastSuccessfulSync?: Instant;
  /** Rows that are served, deleted ones too, and the digest of them all. */
  rows: { count: number; digest: string };
};

/** What shows that a resource is held as FreshBooks has it, whether a data type is made of it or none. */
export function makeReadResourceProof(deps: { findConnection: (ref: ConnectionRef) => Promise<Connection> }) {
  return async (ref: ConnectionRef, resource: string): Promise<ResourceProof> => {
    const state = heldResource(await deps.findConnection(ref), resource);
    const { count, digest } = state.snapshot ?? { count: 0, digest: '' };
    const whole = lastWholeRead(state);
    return {
      resource,
      connectionId: ref.connectionId,
      complete:
        state.trouble === undefined && state.proof?.complete === true && state.proof.digest === digest,
      ...(whole === undefined ? {} : { lastSuccessfulSync: whole }),
      rows: { count, digest },
      ...resourceRead(state),
    };
  };
}

/** The part of a proof that tells of one resource's reads. */
export function resourceRead({ proof, trouble }: ResourceState = {}): ResourceRead {
  return {
    ...(proof === undefined ? {} : { certificate: proof }),
    ...(trouble === undefined ? {} : { trouble }),
  };
}
