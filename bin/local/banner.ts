import type { Ready } from './ready-file.ts';

/** What a newcomer reads when everything runs: where things are, how to get in, what to try. */
export function banner(ready: Ready, signIn: { email: string; password: string }, readyFile: string): string {
  const { portalUrl, apiUrl, apiKey, simulator, companies } = ready;
  const [company] = companies;
  const basic = `-u ${apiKey}:`;
  const invoices = company && `${apiUrl}/companies/${company.id}/data/invoices?pageSize=2`;
  return [
    '',
    '  Ledgerlink is ready.',
    '',
    `  Portal      ${portalUrl}`,
    `              sign in as ${signIn.email} with ${signIn.password}`,
    `  API         ${apiUrl}`,
    `              key ${apiKey}`,
    ...(simulator ? [`  FreshBooks  ${simulator.url}  (the simulator)`] : []),
    '',
    '  Try next:',
    ...(invoices && simulator && company
      ? [
          `  1. Read invoices:      curl ${basic} '${invoices}'`,
          `  2. See what was done:  open ${portalUrl}companies/${company.id}`,
          `  3. Change the books, then sync and read again:`,
          `       TOKEN=$(sed -n 's/.*"accessToken": "\\(.*\\)",/\\1/p' ${readyFile})`,
          '       curl -X POST -H "Authorization: Bearer $TOKEN" -H "Content-Type: application/json" \\',
          `            -d '{"client":{"organization":"New Customer Ltd"}}' ${simulator.url}/accounting/account/${simulator.accountId}/users/clients`,
          `       curl -X POST ${basic} '${apiUrl}/companies/${company.id}/data/queue/customers'`,
          `       curl ${basic} '${apiUrl}/companies/${company.id}/data/customers?query=customerName=New%20Customer%20Ltd'`,
        ]
      : [
          `  1. Open the portal, sign in, and set FreshBooks up: Settings, Integrations, Accounting.`,
          ...(simulator
            ? [`     Client ID ${simulator.app.clientId}`, `     Client secret ${simulator.app.clientSecret}`]
            : []),
          `  2. Create a company and open its link, as your customer would.`,
          `  3. Read its data with the key above: curl ${basic} ${apiUrl}/companies`,
        ]),
    '',
    '  Ctrl-C stops everything; the next start goes on where this one ended.',
    '',
  ].join('\n');
}
