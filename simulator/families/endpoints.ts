import type { ResourceName } from '../resources/resource.ts';
import type { Endpoint } from './endpoint.ts';
import { expenseSummaryEndpoints } from './expense-summaries.ts';
import { ledgerAccountEndpoints } from './ledger-accounts.ts';
import { onlinePaymentEndpoints } from './online-payments.ts';
import { projectEndpoints } from './projects.ts';
import { reportEndpoints } from './reports.ts';
import { serviceEndpoints } from './services.ts';
import { teamEndpoints } from './team.ts';

/** Every path that is served outside of the accounting catalogue; a new one is a file and a row here. */
export const endpoints: readonly Endpoint[] = [
  ...projectEndpoints,
  ...serviceEndpoints,
  ...teamEndpoints,
  ...onlinePaymentEndpoints,
  ...expenseSummaryEndpoints,
  ...ledgerAccountEndpoints,
  ...reportEndpoints,
];

/** The rows that these paths keep of their own. */
export const familyRows: readonly ResourceName[] = ['services', 'service_rates', 'projects', 'retainers'];
