import { accountingReply, notFound, pdfReply, type Reply } from '../http/reply.ts';
import { type Asked, bearerOf } from '../http/request.ts';
import { parseJson, type Row, textOf } from '../json.ts';
import type { Consent } from '../oauth/consent.ts';
import { readScope, writeScope } from '../oauth/scopes.ts';
import { accountOf, type Business, personOf, type Role } from '../people.ts';
import { catalogue } from '../resources/catalogue.ts';
import type { Books, Resource, Verb } from '../resources/resource.ts';
import { mayRead } from '../role-limits.ts';
import { idOf } from '../row-index.ts';
import type { Simulation } from '../simulation.ts';
import { createRow, objectOf, removeRow, updateRow } from './change.ts';
import { invoicePdf } from './invoice-pdf.ts';
import { hiddenKey, listReply, type Sight } from './list.ts';
import { readIncludes } from './list-query.ts';
import { shownText } from './present.ts';
import { errorBody, permissionDenied, Refusal } from './refusal.ts';
import { shareLink } from './share-link.ts';

type Target = { account: string; resource: Resource; id: string | undefined; action: string | undefined };

/** Takes /accounting/account/{accountId}/{resource path}[/{id}[/share_link]] apart; undefined is no such path. */
export const targetOf = (path: string): Target | undefined => {
  const [, account, rest] = /^\/accounting\/account\/([^/]+)\/(.+?)\/?$/.exec(path) ?? [];
  if (!account || !rest) return undefined;
  const resource = catalogue.find((row) => rest === row.path || rest.startsWith(`${row.path}/`));
  if (!resource) return undefined;
  const [id, action, ...more] = rest.slice(resource.path.length + 1).split('/');
  if (more.length > 0 || (action && action !== 'share_link')) return undefined;
  return { account, resource, id: id || undefined, action };
};

const verbOf = (method: string, target: Target): Verb | undefined => {
  if (method === 'GET') return target.id ? 'get' : 'list';
  if (method === 'POST') return target.id ? undefined : 'create';
  if (!target.id) return undefined;
  return method === 'PUT' ? 'update' : method === 'DELETE' ? 'delete' : undefined;
};

const reads = (verb: Verb): boolean => verb === 'get' || verb === 'list';

// §1.9: the message names the scopes that were given and the one that is needed.
const scopeMessage = (consent: Consent, needed: string): string =>
  `The request requires scopes that were not granted. Scopes provided: ${consent.scopes.join(' ')}. Scopes needed: ${needed}.`;

const missingScope = (consent: Consent, needed: string, { switches }: Simulation): Reply | Refusal => {
  const message = scopeMessage(consent, needed);
  if (switches.plays('missing-scope-body', 'message'))
    return accountingReply(403, JSON.stringify({ message }));
  if (switches.plays('missing-scope-body', 'gateway')) {
    return accountingReply(403, JSON.stringify({ error: 'insufficient_scope', error_description: message }));
  }
  return new Refusal(403, { errno: 1003, message });
};

const unauthorized = ({ switches }: Simulation): Reply | Refusal => {
  if (switches.plays('accounting-401-body', 'accounting')) {
    const message = 'The server could not verify that you are authorized to access the URL requested.';
    return new Refusal(401, { errno: 1003, message });
  }
  const body = {
    error: 'unauthenticated',
    error_description: 'This action requires authentication to continue.',
  };
  return accountingReply(401, JSON.stringify(body));
};

const accountNotFound = (): Refusal => new Refusal(404, { errno: 404, message: 'Account not found' });

// A wrong kind of id in the path (business id, business uuid) is an unknown account (§0.1).
const roleOn = (account: Business, consent: Consent, { switches }: Simulation): Role => {
  const role = personOf(consent.identityId)?.roles.find((held) => held.account === account);
  if (role) return role;
  throw switches.plays('foreign-account', 'forbidden') ? permissionDenied() : accountNotFound();
};

// §4.2: some resources say no with status 200 and their own errno.
const deniedOf = ({ denied }: Resource): Refusal => (denied ? new Refusal(200, denied) : permissionDenied());

const deniedToRole = (resource: Resource, { switches }: Simulation): Refusal => {
  if (switches.plays('role-refusal', 'own-errno')) return deniedOf(resource);
  const [denied] = permissionDenied().faults;
  return switches.plays('role-refusal', 'in-200') && denied ? new Refusal(200, denied) : permissionDenied();
};

const sightOf = (resource: Resource, role: Role, books: Books, simulation: Simulation): Sight => {
  if (resource.needs && books.plays(`plan.${resource.needs}`, 'lacks')) throw deniedOf(resource);
  const hidden = simulation.store.documents('hidden');
  const isHidden = (row: Row) => hidden.get(hiddenKey(books.accountId, resource.name, row)) !== undefined;
  if (role.role === 'admin') return { mayRead: (row) => !isHidden(row) };
  const { ofClient } = resource;
  if (!ofClient) throw deniedOf(resource);
  return { mayRead: (row) => ofClient(row, role.userId) && !isHidden(row) };
};

const missing = ({ missing: { object, field, message } }: Resource, id: string): Refusal =>
  new Refusal(404, { errno: 1012, field, message, object, value: id });

const rowAt = (resource: Resource, id: string, books: Books, sight: Sight, account: Business): Row => {
  const bySystem = resource.name === 'systems' && books.plays('system-addressed-by', 'either');
  const key = bySystem && Number(id) === account.businessId ? account.systemId : Number(id);
  const row = /^\d+$/.test(id) ? books.rows(resource.name).get(key) : undefined;
  if (!row || !sight.mayRead(row)) throw missing(resource, id);
  return row;
};

// §4.2: a body that is not JSON is 400 errno 1005.
const bodyOf = (asked: Asked): unknown => {
  try {
    if (!(asked.headers['content-type'] ?? '').startsWith('application/json'))
      throw new Error('Expecting a JSON body');
    return parseJson(asked.body.toString('utf8'));
  } catch (error) {
    throw new Refusal(400, { errno: 1005, message: error instanceof Error ? error.message : 'Parse error' });
  }
};

const single = (resource: Resource, row: Row, asked: Asked, books: Books): string =>
  `{"response":{"result":{"${resource.one}":${shownText(resource, row, readIncludes(asked.query, resource, books), books)}}}}`;

type Call = {
  asked: Asked;
  target: Target;
  verb: Verb;
  books: Books;
  sight: Sight;
  account: Business;
  /** Tells who listens that a row was changed (§5). */
  tell: (verb: string, row: Row) => void;
};

// §5.4: a deletion by vis_state is an event of its own kind, an archiving is an update.
const eventOf = (row: Row, stored: Row, { plays }: Books): string => {
  const deleted = stored['vis_state'] === 1 && row['vis_state'] !== 1;
  return deleted && plays('callback-hide', 'delete') ? 'delete' : 'update';
};

const wantsPdf = ({ asked, target, verb }: Call): boolean =>
  verb === 'get' &&
  target.resource.name === 'invoices' &&
  target.id !== undefined &&
  !target.action &&
  (asked.headers['accept'] ?? '').startsWith('application/pdf');

const answerOne = (call: Call): string => {
  const { asked, target, verb, books, sight, account } = call;
  const { resource, id = '', action } = target;
  const row = rowAt(resource, id, books, sight, account);
  if (action) return JSON.stringify({ response: { result: { share_link: shareLink(row, asked.query) } } });
  if (verb === 'get') return single(resource, row, asked, books);
  if (verb === 'update') {
    const { stored, shown } = updateRow(resource, row, objectOf(resource, bodyOf(asked)), books);
    call.tell(eventOf(row, stored, books), row);
    return single(resource, shown, asked, books);
  }
  removeRow(resource, row, books);
  call.tell('delete', row);
  return '{"response":{}}';
};

const answer = (call: Call): string => {
  const { asked, target, verb, books, sight } = call;
  if (verb === 'list') return listReply(asked.query, target.resource, books, sight);
  if (verb !== 'create') return answerOne(call);
  const { stored, shown } = createRow(target.resource, objectOf(target.resource, bodyOf(asked)), books);
  call.tell('create', stored);
  return single(target.resource, shown, asked, books);
};

const answerOrRefuse = (asked: Asked, target: Target, simulation: Simulation): Reply | Refusal => {
  const consent = simulation.grants.bearer(bearerOf(asked));
  if (!consent) return unauthorized(simulation);
  const account = accountOf(target.account);
  if (!account) return accountNotFound();
  const verb = verbOf(asked.method, target);
  const { resource } = target;
  if (
    !verb ||
    !resource.verbs.includes(verb) ||
    (target.action && (verb !== 'get' || resource.name !== 'invoices'))
  ) {
    return new Refusal(405, { errno: 1003, message: 'The method is not allowed for the requested URL.' });
  }
  const needed = (reads(verb) ? readScope : writeScope)(resource.scope);
  if (!consent.scopes.includes(needed)) return missingScope(consent, needed, simulation);
  const role = roleOn(account, consent, simulation);
  const person = personOf(consent.identityId);
  if (person && !mayRead(simulation.store, person, account, resource.name))
    return deniedToRole(resource, simulation);
  if (role.role === 'client' && !reads(verb)) return permissionDenied();
  if (verb === 'update' && !resource.update) return permissionDenied();
  const books = simulation.books(account);
  const sight = sightOf(resource, role, books, simulation);
  const { identityId } = consent;
  const tell = (verb: string, row: Row): void =>
    simulation.callbacks.tell({ account, identityId, resource: resource.name, verb, id: idOf(row) });
  const call: Call = { asked, target, verb, books, sight, account, tell };
  if (wantsPdf(call)) return pdfReply(invoicePdf(rowAt(resource, target.id ?? '', books, sight, account)));
  return accountingReply(200, answer(call));
};

/** Answers a call of the accounting family (§3), errors in the shape the caller's version header asks for (§4.1). */
export const answerAccounting = (asked: Asked, simulation: Simulation): Reply => {
  const target = targetOf(asked.path);
  if (!target) return notFound();
  const account = accountOf(target.account);
  if (account) simulation.prepare(account);
  const newer = textOf(asked.headers, 'x-api-version') !== '';
  const refused = ({ status, faults }: Refusal) =>
    accountingReply(status, JSON.stringify(errorBody(status, faults, newer)));
  try {
    const result = simulation.store.transaction(() => answerOrRefuse(asked, target, simulation));
    return result instanceof Refusal ? refused(result) : result;
  } catch (error) {
    if (error instanceof Refusal) return refused(error);
    throw error;
  }
};
