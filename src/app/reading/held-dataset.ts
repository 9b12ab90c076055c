import type { Connection } from '../../domain/connection.ts';
import type { DataType } from '../../domain/data-types.ts';
import type { SnapshotPointer } from '../../domain/dataset.ts';
import { Problem } from '../../domain/problem.ts';

/** The refusal for a data type that FreshBooks does not have, or that this connection's plan does not include. */
export function notSupported(dataType: string, reason?: string): Problem {
  const why = reason === undefined ? '' : ` ${reason}`;
  return new Problem('not-found', `Datatype [${dataType}] not supported by platform(s) [FreshBooks].${why}`);
}

/** The refusal for a company that never linked anything. */
export function noData(dataType: string, companyId: string): Problem {
  return new Problem(
    'not-found',
    `No data available for ${dataType} for ID ${companyId}. Its customer has not linked FreshBooks yet.`,
  );
}

/**
 * What is held of a data type of a connection. A connection that lost its access keeps what was read. Throws a
 * Problem that says why there is nothing: `not-found` when there never can be, `not-ready` when there is not yet.
 */
export function heldSnapshot(connection: Connection, dataType: DataType): SnapshotPointer {
  const dataset = connection.datasets[dataType];
  if (dataset?.snapshot) return dataset.snapshot;
  if (connection.business === undefined) throw noData(dataType, connection.companyId);
  if (connection.wanted[dataType] || connection.serving[dataType]) {
    throw notReady('The data set is still syncing. Try again in a moment.', 'later');
  }
  if (dataset === undefined) {
    throw notReady('The data set has not been requested. Ask for it with "refresh data" first.', 'never');
  }
  if (dataset.status === 'NotSupported') throw notSupported(dataType, dataset.message);
  throw notReady(
    `The data set could not be read yet (${dataset.status}). ${dataset.message ?? 'It is tried again.'}`,
    'later',
  );
}

function notReady(sentence: string, retry: 'never' | 'later'): Problem {
  return new Problem('not-ready', sentence, { retry });
}
