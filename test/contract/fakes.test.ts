import { memoryCalls, memoryCompanyTokens, memoryCountCall } from '../fakes/calls.ts';
import { memoryCompanies } from '../fakes/companies.ts';
import { memoryConnections } from '../fakes/connections.ts';
import { memoryFeed } from '../fakes/feed.ts';
import { memoryGrants, memoryLinkAttempts } from '../fakes/grants.ts';
import { memoryObjects } from '../fakes/objects.ts';
import { memoryOneTimeLinks } from '../fakes/one-time-links.ts';
import { memoryOutboxes } from '../fakes/outboxes.ts';
import { memorySealer } from '../fakes/sealer.ts';
import {
  memoryApiKeys,
  memoryHeartbeat,
  memoryIntegration,
  memoryLinkSettings,
  memoryPace,
  memoryRateLimit,
  memoryRefusals,
  memoryRetention,
  memorySyncSettings,
} from '../fakes/settings.ts';
import { memoryDeliveries, memoryWebhooks } from '../fakes/webhooks.ts';
import { callsContract } from './suites/calls.ts';
import { companiesContract } from './suites/companies.ts';
import { connectionsContract } from './suites/connections.ts';
import { feedContract } from './suites/feed.ts';
import { grantsContract, linkAttemptsContract } from './suites/grants.ts';
import { objectsContract } from './suites/objects.ts';
import { oneTimeLinksContract } from './suites/one-time-links.ts';
import { outboxesContract } from './suites/outboxes.ts';
import { sealerContract } from './suites/sealer.ts';
import {
  apiKeysContract,
  heartbeatContract,
  integrationContract,
  linkSettingsContract,
  paceContract,
  refusalsContract,
  retentionContract,
  syncSettingsContract,
} from './suites/settings.ts';
import { deliveriesContract, webhooksContract } from './suites/webhooks.ts';

companiesContract('in memory', async () => ({ companies: memoryCompanies() }));
connectionsContract('in memory', async () => ({ connections: memoryConnections() }));
grantsContract('in memory', async () => ({ grants: memoryGrants() }));
linkAttemptsContract('in memory', async () => ({ linkAttempts: memoryLinkAttempts() }));
integrationContract('in memory', async () => ({ integration: memoryIntegration() }));
linkSettingsContract('in memory', async () => ({ linkSettings: memoryLinkSettings() }));
oneTimeLinksContract('in memory', async () => ({ links: memoryOneTimeLinks() }));
syncSettingsContract('in memory', async () => ({ syncSettings: memorySyncSettings() }));
retentionContract('in memory', async () => ({ retention: memoryRetention() }));
apiKeysContract('in memory', async () => ({ apiKeys: memoryApiKeys() }));
callsContract('in memory', async () => ({
  calls: memoryCalls(),
  countCall: memoryCountCall(),
  limits: memoryRateLimit(),
  companyTokens: memoryCompanyTokens(),
}));
heartbeatContract('in memory', async () => ({ heartbeat: memoryHeartbeat() }));
objectsContract('in memory', async () => ({ objects: memoryObjects() }));
feedContract('in memory', async () => memoryFeed());
webhooksContract('in memory', async () => ({ webhooks: memoryWebhooks() }));
deliveriesContract('in memory', async () => ({ deliveries: memoryDeliveries() }));
outboxesContract('in memory', async () => {
  const [companies, connections] = [memoryCompanies(), memoryConnections()];
  return { companies, connections, outboxes: memoryOutboxes(companies, connections) };
});
sealerContract('in memory', async () => ({ sealer: memorySealer() }));
paceContract('in memory', async () => ({ pace: memoryPace() }));
refusalsContract('in memory', async () => ({ refusals: memoryRefusals() }));
