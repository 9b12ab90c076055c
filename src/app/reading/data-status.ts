import type { Connection } from '../../domain/connection.ts';
import { datasetHealth, type Surroundings } from '../../domain/connection-health.ts';
import { sentenceOf } from '../../domain/control-total.ts';
import { type DataType, dataTypes } from '../../domain/data-types.ts';
import type { PullStatus } from '../../domain/dataset.ts';
import type { Health } from '../../domain/health.ts';
import { connectionsOf, currentOf, findCompany } from '../companies/find-company.ts';
import type { Companies, Connections } from '../ports.ts';
import type { LookAround } from './diagnose.ts';

type DataStatus = {
  dataType: DataType;
  lastSuccessfulSync?: string;
  currentStatus: PullStatus;
  /** What people should know of the latest pull. */
  message?: string;
  latestSyncId?: string;
  latestSuccessfulSyncId?: string;
  health: Health;
  connectionId: string;
  linkToken: string;
};

/** How each data type of a company stands; nothing for a company without a connection. */
export function makeDataStatus(deps: {
  companies: Pick<Companies, 'find'>;
  connections: Pick<Connections, 'ofCompany'>;
  lookAround: LookAround;
}) {
  return async (companyId: string): Promise<DataStatus[]> => {
    await findCompany(deps.companies, companyId);
    const connection = currentOf(await connectionsOf(deps.connections, companyId));
    if (connection === undefined) return [];
    const around = await deps.lookAround();
    return dataTypes.map((dataType) => statusOf(connection, dataType, around));
  };
}

/** What is asked for or going on now comes before how the last pull ended. */
function statusOf(connection: Connection, dataType: DataType, around: Surroundings): DataStatus {
  const dataset = connection.datasets[dataType];
  const message = sentenceOf(dataset?.message, dataset?.controls);
  const [serving, wanted] = [connection.serving[dataType], connection.wanted[dataType]];
  const latest = serving?.operationId ?? wanted?.operationId ?? dataset?.latestOperation;
  return {
    dataType,
    ...(dataset?.lastSuccess === undefined ? {} : { lastSuccessfulSync: dataset.lastSuccess }),
    ...(message === undefined ? {} : { message }),
    currentStatus: serving ? 'Fetching' : wanted ? 'Queued' : (dataset?.status ?? 'Initial'),
    ...(latest === undefined ? {} : { latestSyncId: latest }),
    ...(dataset?.latestSuccessfulOperation === undefined
      ? {}
      : { latestSuccessfulSyncId: dataset.latestSuccessfulOperation }),
    health: datasetHealth(connection, dataType, around),
    connectionId: connection.id,
    linkToken: connection.linkToken,
  };
}
