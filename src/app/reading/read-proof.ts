import type { Connection } from '../../domain/connection.ts';
import { type ControlTotal, sentenceOf } from '../../domain/control-total.ts';
import { type DataType, isDataType } from '../../domain/data-types.ts';
import type { Drift } from '../../domain/drift.ts';
import type { Instant } from '../../domain/instant.ts';
import { madeOf } from '../../domain/projected-from.ts';
import type { BooksOf } from './choose-connection.ts';
import { heldSnapshot, notSupported } from './held-dataset.ts';
import { type ResourceRead, resourceRead } from './read-resource-proof.ts';

/** One resource's latest reads; `projected` when the served records are made of what its certificate proves. */
type MadeOf = ResourceRead & { resource: string; projected: boolean };

/** All that shows whether a data type holds everything. */
export type DataProof = {
  dataType: DataType;
  connectionId: string;
  /** Every resource was read to its end without trouble, and the records are made of just that. */
  complete: boolean;
  lastSuccessfulSync?: Instant;
  /** What people should know, such as records that could not be mapped. */
  message?: string;
  /** Unified records that are served, deleted ones too, and the digest of them all. */
  records: { count: number; digest: string };
  resources: MadeOf[];
  /** What FreshBooks' own reports say, where there is one to compare with. */
  controls: readonly ControlTotal[];
  /** Fields and values that FreshBooks sent and the mapping does not know: they are in the raw rows alone. */
  drift: readonly Drift[];
};

/** What shows that a data type holds everything FreshBooks has: the latest certificates of all that it is made of. */
export function makeReadProof(deps: {
  chooseConnection: (books: BooksOf, dataType: DataType) => Promise<Connection>;
}) {
  return async (books: BooksOf, dataType: string): Promise<DataProof> => {
    if (!isDataType(dataType)) throw notSupported(dataType);
    const connection = await deps.chooseConnection(books, dataType);
    const { count, digest } = heldSnapshot(connection, dataType);
    const dataset = connection.datasets[dataType];
    const message = sentenceOf(dataset?.message, dataset?.controls);
    const resources = proofsOf(connection, dataset?.projectedFrom ?? '');
    return {
      dataType,
      connectionId: connection.id,
      complete: resources.length > 0 && resources.every(isWhole),
      ...(dataset?.lastSuccess === undefined ? {} : { lastSuccessfulSync: dataset.lastSuccess }),
      ...(message === undefined ? {} : { message }),
      records: { count, digest },
      resources,
      controls: dataset?.controls ?? [],
      drift: dataset?.drift ?? [],
    };
  };
}

function proofsOf(connection: Connection, from: string): MadeOf[] {
  return madeOf(from, connection.resources).map(({ resource, current }) => ({
    resource,
    projected: current,
    ...resourceRead(connection.resources[resource]),
  }));
}

function isWhole({ projected, certificate }: MadeOf): boolean {
  return projected && certificate?.complete === true;
}
