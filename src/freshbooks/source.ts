import type { FreshBooksOAuth, Source } from '../app/ports.ts';
import type { AppBudget } from './app-budget.ts';
import { makeCallbacks } from './callbacks.ts';
import { makeClient } from './client.ts';
import { controlsOf, controlTotals } from './control-totals.ts';
import { makeFreshBooksOAuth } from './oauth.ts';
import { project, rawOnly, resourcesOf, waysOf } from './project/projections.ts';
import { makeReadPdf } from './read-pdf.ts';
import { makeReadResource } from './read-resource.ts';
import type { RetryTools } from './retry.ts';
import type { Transport } from './transport.ts';

/** FreshBooks at `apiUrl` as something to sync from. */
export function makeSource(deps: {
  apiUrl: string;
  transport: Transport;
  tools: RetryTools;
  budget?: AppBudget;
}): Source {
  const client = makeClient(deps);
  return {
    resourcesOf,
    waysOf,
    controlsOf,
    control: controlTotals,
    rawOnly,
    read: makeReadResource({ client, now: deps.tools.now }),
    project,
  };
}

/** FreshBooks as something that prints an invoice. */
export function makeSourcePdf(deps: {
  apiUrl: string;
  transport: Transport;
  tools: RetryTools;
  budget?: AppBudget;
}) {
  return makeReadPdf(makeClient(deps));
}

/** FreshBooks as something that tells of changes. */
export function makeSourceCallbacks(deps: { apiUrl: string; transport: Transport; tools: RetryTools }) {
  return makeCallbacks({ client: makeClient(deps), now: deps.tools.now });
}

/** FreshBooks as the one who is asked for consent: its API at `apiUrl`, its pages at `authUrl`. */
export function makeConsent(deps: {
  apiUrl: string;
  authUrl: string;
  transport: Transport;
  tools: RetryTools;
}): FreshBooksOAuth {
  return makeFreshBooksOAuth({ ...deps, client: makeClient(deps), now: deps.tools.now });
}
