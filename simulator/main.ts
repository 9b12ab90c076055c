import { parseArgs } from 'node:util';
import { personRow } from './control.ts';
import { people } from './people.ts';
import { type RunningSimulator, startSimulator } from './start-simulator.ts';

const help = `A FreshBooks look-alike on this machine.

  npm run simulator -- [options]

  --port N            where to listen on 127.0.0.1 (4748; 0 takes a free port)
  --state DIR         keep everything in DIR; without it nothing outlives the process
  --redirect-uri URI  register URI with the integration app (may be repeated)
  --ready-json        print one line of JSON when ready, and nothing else
  --with-input        end when the standard input ends, as it does when whoever started this is gone
  --help              this text

What can be set while it runs (faults, switches, clock, tokens) is told in simulator/README.md.`;

const options = {
  port: { type: 'string', default: '4748' },
  state: { type: 'string' },
  'redirect-uri': { type: 'string', multiple: true },
  'ready-json': { type: 'boolean', default: false },
  'with-input': { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

const told = ({ url, apps }: RunningSimulator): string => {
  const { clientId, clientSecret } = apps.viewer;
  const list = people.map((person) => {
    const names = person.memberships.map(({ business, role }) => `${business.name} (${role})`);
    return `  ${person.firstName} ${person.lastName} <${person.email}>: ${names.join(', ') || 'no business'}`;
  });
  return `FreshBooks simulator at ${url}

People:
${list.join('\n')}

Apps:
  integration  client id ${apps.integration.clientId}
               secret    ${apps.integration.clientSecret}
  viewer       client id ${clientId}
               secret    ${clientSecret}

Three things to try:
  curl -s ${url}/_simulator
  TOKEN=$(curl -s -X POST ${url}/_simulator/tokens -d '{"clientId":"${clientId}","email":"alex@busyagency.example"}' | sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/')
  curl -sg -H "Authorization: Bearer $TOKEN" '${url}/accounting/account/BzAg7q/invoices/invoices?per_page=2&include[]=lines'`;
};

const main = async (): Promise<void> => {
  const { values } = parseArgs({ options });
  if (values.help) {
    console.log(help);
    return;
  }
  const running = await startSimulator({
    port: Number(values.port),
    redirectUris: values['redirect-uri'] ?? [],
    ...(values.state === undefined ? {} : { stateDir: values.state }),
  });
  const ready = { url: running.url, apps: running.apps, people: people.map(personRow) };
  console.log(values['ready-json'] ? JSON.stringify(ready) : told(running));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void running.close().finally(() => process.exit()));
  }
  if (values['with-input']) process.stdin.on('end', () => process.exit(0)).resume();
};

await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
