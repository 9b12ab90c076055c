import { makeVerifySignIn } from '../../../src/adapters/sign-in.ts';
import { digestOf } from '../../../src/app/digest.ts';
import { makeVerifyCompanyToken } from '../../../src/app/keys/company-token.ts';
import { makeVerifyKey } from '../../../src/app/keys/verify-key.ts';
import { makePapers } from '../../../src/books/papers.ts';
import type { Connection } from '../../../src/domain/connection.ts';
import { dataTypes } from '../../../src/domain/data-types.ts';
import { makeAuthenticate } from '../../../src/http/authenticate.ts';
import { makeHandle } from '../../../src/http/handle.ts';
import { publicApi } from '../../../src/http/public-api.ts';
import type { HttpRequest } from '../../../src/http/request.ts';
import {
  aBusiness,
  aCompany,
  aConnection,
  aLinkedConnection,
  aWebhook,
  start,
} from '../../fakes/builders.ts';
import { memoryLog } from '../../fakes/log.ts';
import { brought, handleOf, makeAuthorizationScene } from '../authorization/authorization-scene.ts';
import { rawRow } from '../books/book-world.ts';
import { makeSetup } from '../setup/setup-world.ts';
import { makeWorld, type World } from './api-world.ts';
import type { Issuers } from './issuers.ts';
import { readRows } from './run-books.ts';
import { flowMonth, profitMonth, sheetMonth } from './statement-months.ts';

/** Everybody who may come, in the order of the matrix's columns. */
export const callers = [
  'nobody',
  'bad key',
  'expired key',
  'revoked key',
  'other issuer',
  'forged issuer',
  'read',
  'operate',
  'admin',
  'signed in',
  "company's token",
] as const;
export type CallerName = (typeof callers)[number];

/** Ids of the first company, whose books hold something of everything. */
export const own: Readonly<Record<string, string>> = {
  companyId: 'company-1',
  connectionId: 'connection-1',
  datasetId: 'operation-1',
  recordId: 'record-1',
  attachmentId: 'attachment-1',
  resource: 'clients',
  rowId: '7',
  dataType: 'invoices',
  platformKey: 'vxvy',
  pushOperationKey: 'push-1',
  apiKeyId: 'key-to-delete',
  webhookId: 'webhook-1',
};

/** Two companies with linked books of their own, a third that never linked, and a credential for every caller. */
export async function matrixWorld(issuers: Issuers, tokenOf = 'company-1') {
  const world = await makeWorld();
  await addCompany(world, '1');
  await addCompany(world, '2');
  await world.companies.insert(aCompany({ id: 'company-3', linkToken: 'company-link-3' }));
  await printInvoice(world);
  await readRows(world, 'clients', [rawRow('7', 'row')]);
  await world.webhooks.insert(aWebhook());
  const credentials = await credentialsFor(world, issuers, tokenOf);
  const verifySignIn = makeVerifySignIn(issuers.issuer, issuers.clientId);
  const { log, lines } = memoryLog();
  const setup = makeSetup(makeAuthenticate({ verifySignIn }));
  const verify = { verifyKey: makeVerifyKey(world), verifySignIn };
  const consents = handleOf({ ...(await consentsOf()), log }, makeAuthenticate(verify));
  // Of the functions this one alone can read the access tokens of companies.
  const authenticate = makeAuthenticate({ ...verify, verifyCompanyToken: makeVerifyCompanyToken(world) });
  const api = makeHandle({ tables: publicApi, deps: world.deps, authenticate, log });
  await setup.call('PUT', 'integration/keys', { clientId: 'a', clientSecret: 'b' }, credentials['signed in']);
  return {
    credentials,
    setup,
    lines,
    handle: (request: HttpRequest) => (/\/authorization(\/|$)/.test(request.path) ? consents : api)(request),
  };
}
export type MatrixWorld = Awaited<ReturnType<typeof matrixWorld>>;

/** What moves consents in and out: a function of its own, with a connection for each operation. */
async function consentsOf() {
  const scene = await makeAuthorizationScene();
  await scene.companies.insert(aCompany({ id: 'company-2', linkToken: 'company-link-2' }));
  for (const [connectionId, identityId] of [
    ['connection-in-use', '901'],
    ['connection-handed-over', '902'],
  ] as const) {
    await scene.connections.insert(aConnection({ id: connectionId, linkToken: connectionId }));
    const pair = scene.personWith(identityId, `42-${identityId}`);
    await scene.link({ companyId: 'company-1', connectionId }, brought(pair));
  }
  const handedOver = { companyId: 'company-1', connectionId: 'connection-handed-over' };
  await scene.process().exportPair(handedOver, [handedOver.connectionId]);
  return scene;
}

/** What other operations add up has a state and a day as well. */
const whatever = { name: 'Held', status: 'Paid', date: '2026-01-01T00:00:00' };

/** What only exists by the month. */
const statements: Readonly<Record<string, { id: string }>> = {
  profitAndLoss: profitMonth('2026-01', 100, 40),
  balanceSheet: sheetMonth('2026-01', 60),
  cashFlowStatement: flowMonth('2026-01', 90, 40),
};

async function addCompany(world: World, number: '1' | '2'): Promise<void> {
  const datasets: Connection['datasets'] = {};
  for (const dataType of dataTypes) {
    const rows = [statements[dataType] ?? { id: `record-${number}`, ...whatever }];
    const snapshot = world.books.keep(dataType, Number(number), rows);
    datasets[dataType] = { status: 'Complete', snapshot, lastSuccess: start, projectedFrom: 'mapping' };
  }
  const outcomes = { invoices: { operationId: `operation-${number}`, status: 'Complete' as const } };
  await world.companies.insert(aCompany({ id: `company-${number}`, linkToken: `company-link-${number}` }));
  await world.connections.insert(
    aLinkedConnection({
      id: `connection-${number}`,
      companyId: `company-${number}`,
      linkToken: `link-${number}`,
      business: aBusiness({ businessId: `420${number}` }),
      datasets,
      runs: [{ id: `run-${number}`, requested: start, completed: start, outcomes }],
    }),
  );
}

/** As if somebody had asked for its PDF already: nobody waits for a worker here. */
async function printInvoice(world: World): Promise<void> {
  const [companyId, connectionId, invoiceId] = ['company-1', 'connection-1', 'record-1'];
  const record = await world.deps.readOne({ companyId }, 'invoices', invoiceId);
  const paper = { invoiceId, version: digestOf(JSON.stringify(record)) };
  await makePapers({ objects: world.objects }).keep({ companyId, connectionId }, paper, Buffer.from('%PDF-'));
}

async function credentialsFor(
  world: World,
  issuers: Issuers,
  companyId: string,
): Promise<Record<CallerName, string | undefined>> {
  const keyOf = async (role: 'read' | 'operate' | 'admin', days?: number) =>
    world.deps.createKey({ name: role, role, ...(days === undefined ? {} : { expiresInDays: days }) });
  const [expired, revoked] = [await keyOf('admin', 1), await keyOf('admin')];
  await world.deps.deleteKey(revoked.key.id, { signedIn: true });
  world.time.advance(2 * 24 * 3600);
  const bearer = (text: string) => `Bearer ${text}`;
  const doomed = await keyOf('read');
  await world.apiKeys.insert({ ...doomed.key, id: 'key-to-delete' });
  return {
    nobody: undefined,
    'bad key': bearer(`${world.adminKey.slice(0, -1)}_`),
    'expired key': bearer(expired.text),
    'revoked key': bearer(revoked.text),
    'other issuer': bearer(issuers.foreignToken),
    'forged issuer': bearer(issuers.forgedToken),
    read: bearer((await keyOf('read')).text),
    operate: bearer((await keyOf('operate')).text),
    admin: bearer(world.adminKey),
    'signed in': bearer(issuers.token),
    "company's token": bearer(await world.deps.createCompanyToken(companyId)),
  };
}
