import { integrationId, integrationKey, sourceId } from '../../../../src/domain/integration.ts';
import { type Answers, done, ok, page, refuse } from './answers.ts';
import { healthOf } from './fake-health.ts';
import type { FakeCompany, FakeLedgerlink } from './fake-ledgerlink.ts';

/** Companies, their connections and what was read. */
export const companyAnswers: Answers = {
  createCompany: (server, { body }) => ok(companyReply(server, server.addCompany(String(body['name'])))),
  listCompanies: (server, { query }) => {
    const words = query['query']?.split('||')[0]?.replace('name~', '').toLowerCase() ?? '';
    const found = server.companies.filter(({ name }) => name.toLowerCase().includes(words));
    return page(
      found.map((company) => companyReply(server, company)),
      query,
      '/companies',
    );
  },
  getCompany: of((server, company) => ok(companyReply(server, company))),
  deleteCompany: of((server, company) => {
    server.companies = server.companies.filter((one) => one !== company);
    return done;
  }),
  getConnection: of((server, company, { params, language }) => {
    const connection = company.connections.find(({ id }) => id === params['connectionId']);
    const shown = companyReply(server, company).dataConnections.find(({ id }) => id === connection?.id);
    if (!connection || !shown) return refuse(404, 'There is no such connection.');
    return ok({ ...shown, health: healthOf(server, connection, language) });
  }),
  unlinkConnection: of((server, company, { params }) => {
    for (const connection of company.connections)
      if (connection.id === params['connectionId']) connection.status = 'Unlinked';
    return ok(companyReply(server, company).dataConnections.find(({ id }) => id === params['connectionId']));
  }),
  allowBusinessChange: of((server, company, { params, body }) => {
    const connection = company.connections.find(({ id }) => id === params['connectionId']);
    if (!connection) return refuse(404, 'There is no such connection.');
    if (body['allowed'] === true) connection.businessChange = '2026-03-10T09:00:00.000Z';
    else delete connection.businessChange;
    return ok(companyReply(server, company).dataConnections.find(({ id }) => id === connection.id));
  }),
  getValidationResults: of(({ statuses }, _company, { params }) => {
    const finding = {
      validatorName: 'ledgerlink',
      ruleId: 'unmapped',
      itemId: '42',
      message: 'It has no date.',
    };
    const [, index = 0] = /pull-(\d+)/.exec(params['datasetId'] ?? '') ?? [];
    const failed = Object.values(statuses)[Number(index)]?.endsWith('Error');
    return ok({ errors: failed ? [{ ...finding, itemId: '' }] : [], warnings: failed ? [] : [finding] });
  }),
  refreshAll: of((server, company) => {
    server.refreshed.push(company.id);
    return done;
  }),
  listPullOperations: of((server, company, { query }) => page(history(server, company), query, '/history')),
};

type Answer = Answers[string];
type AboutCompany = (...asked: [FakeLedgerlink, FakeCompany, Parameters<Answer>[1]]) => ReturnType<Answer>;

/** An answer about one company, which has to exist. */
export function of(answer: AboutCompany): Answer {
  return (server, asked) => {
    const id = asked.params['companyId'];
    const company = server.companies.find((one) => one.id === id);
    return company ? answer(server, company, asked) : refuse(404, `There is no company with the id ${id}.`);
  };
}

const synced = '2026-03-03T08:15:00.000Z';

function companyReply({ origin }: FakeLedgerlink, { id, name, created, connections }: FakeCompany) {
  const linked = connections.some(({ status }) => status === 'Linked');
  return {
    id,
    name,
    platform: '',
    redirect: `${origin}/link/company/token-of-${id.slice(0, 8)}`,
    created,
    products: [],
    tags: {},
    referenceSubsidiaryCompanies: [],
    ...(linked ? { lastSync: synced } : {}),
    dataConnections: connections.map((connection) => ({
      id: connection.id,
      integrationId,
      integrationKey,
      sourceId,
      sourceType: 'Accounting',
      platformName: 'FreshBooks',
      linkUrl: `${origin}/link/token-of-${connection.id.slice(0, 8)}`,
      status: connection.status,
      created,
      ...(connection.status === 'Linked' ? { lastSync: synced } : {}),
      dataConnectionErrors: [],
      ...(connection.businessChange === undefined
        ? {}
        : { businessChangeAllowedUntil: connection.businessChange }),
      connectionInfo:
        connection.businessName === undefined
          ? {}
          : { businessName: connection.businessName, accountId: 'xZNQ1X', businessId: '42' },
    })),
  };
}

function history({ statuses }: FakeLedgerlink, company: FakeCompany) {
  return Object.entries(statuses).map(([dataType, status], index) => ({
    id: `pull-${index}`,
    companyId: company.id,
    connectionId: company.connections[0]?.id ?? 'none',
    dataType,
    status,
    ...(status === 'PermissionsError'
      ? { errorMessage: 'The customer’s role in FreshBooks may not read this.' }
      : {}),
    requested: '2026-03-03T08:14:56.000Z',
    completed: synced,
    progress: 100,
    isCompleted: status === 'Complete',
    isErrored: status.endsWith('Error'),
    durationSeconds: 4,
    recordsModified: 3,
    recordsHeld: 1200,
  }));
}
