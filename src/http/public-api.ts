import type { ApiDeps } from './api-deps.ts';
import { authorizationOperations } from './authorization-operations.ts';
import { companiesOperations } from './companies-operations.ts';
import { connectionsOperations } from './connections-operations.ts';
import { dataOperations } from './data-operations.ts';
import { doctorOperations } from './doctor-operations.ts';
import { documentationOperations } from './documentation-operations.ts';
import { eventsOperations } from './events-operations.ts';
import { integrationsOperations } from './integrations-operations.ts';
import { keysOperations } from './keys-operations.ts';
import { linksOperations } from './links-operations.ts';
import type { DescribedOperation, Operation } from './operation.ts';
import { paperOperations } from './paper-operations.ts';
import { profileOperations } from './profile-operations.ts';
import { proofOperations } from './proof-operations.ts';
import { pushOperations } from './push-operations.ts';
import { rawOperations } from './raw-operations.ts';
import { refreshOperations } from './refresh-operations.ts';
import { reportOperations } from './report-operations.ts';
import { settingsOperations } from './settings-operations.ts';
import { setupOperations } from './setup/setup-operations.ts';
import { unsupportedOperations } from './unsupported-operations.ts';
import { webhooksOperations } from './webhooks-operations.ts';

/** Every operation of the public API; a table is an area. */
export const publicApi: readonly (readonly Operation<ApiDeps>[])[] = [
  companiesOperations,
  connectionsOperations,
  linksOperations,
  doctorOperations,
  refreshOperations,
  proofOperations,
  rawOperations,
  dataOperations,
  paperOperations,
  reportOperations,
  unsupportedOperations,
  integrationsOperations,
  eventsOperations,
  webhooksOperations,
  keysOperations,
  profileOperations,
  documentationOperations(() => everyOperation()),
  settingsOperations,
  pushOperations,
];

/** Everything to be described, whichever function answers it. */
export function everyOperation(): readonly DescribedOperation[] {
  return [...publicApi.flat(), ...authorizationOperations, ...setupOperations];
}
