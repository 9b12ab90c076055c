import type { RenderEvent } from '../../app/events/relay-outbox.ts';
import type { Company } from '../../domain/company.ts';
import type { OutboxEvent, ReadOutcome } from '../../domain/event.ts';
import { never } from '../../domain/problem.ts';
import { isFailure } from '../../domain/pull-operation.ts';
import { companyReply } from './company-reply.ts';
import { connectionReply } from './connection-reply.ts';

type About = Parameters<RenderEvent>[1];

/** What an event tells, in the shapes of the API; thin, with links to what else there is. */
export function makeRenderEvent(publicUrl: string): RenderEvent {
  return (event, about) => {
    const referenceCompany = companyReference(about, publicUrl);
    switch (event.type) {
      case 'company.created':
      case 'company.deleted':
        return about.company === undefined
          ? { id: about.companyId }
          : companyDetails(about.company, publicUrl);
      case 'connection.created':
      case 'connection.connected':
      case 'connection.failed':
      case 'connection.disconnected':
      case 'connection.reconnected':
      case 'connection.deleted':
        return { referenceCompany, ...connectionPart(about, event.status, publicUrl) };
      case 'read.completed':
      case 'read.completed.initial':
        return {
          referenceCompany,
          dataTypes: (event.outcomes ?? []).map((outcome) => readSummary(outcome, about, publicUrl)),
        };
      case 'dataset.failed':
        return { referenceCompany, ...datasetPart(event.outcomes ?? [], about, publicUrl) };
      case 'dataset.mismatch':
        return { referenceCompany, ...mismatchPart(event.mismatch, about, publicUrl) };
      case 'dataset.drift':
        return { referenceCompany, ...driftPart(event.drift, about, publicUrl) };
      default:
        return never(event.type);
    }
  };
}

function companyDetails(company: Company, publicUrl: string) {
  const { dataConnections: _none, platform: _empty, ...details } = companyReply(company, [], publicUrl);
  return details;
}

function companyReference({ company, companyId }: About, publicUrl: string) {
  return {
    id: companyId,
    ...(company && { name: company.name }),
    ...(company?.description === undefined ? {} : { description: company.description }),
    tags: company?.tags ?? {},
    links: { portal: portalPage(companyId, publicUrl) },
  };
}

function connectionPart({ connection }: About, status: string | undefined, publicUrl: string) {
  if (connection === undefined) return {};
  return { connection: { ...connectionReply(connection, publicUrl), status: status ?? connection.state } };
}

function readSummary(
  { dataType, status, modified, ...outcome }: ReadOutcome,
  about: About,
  publicUrl: string,
) {
  return {
    ...(about.connection && { connectionId: about.connection.id }),
    dataType,
    recordsModified: modified > 0,
    recordsModifiedCount: modified,
    status,
    issues: issuesOf({ dataType, status, modified, ...outcome }, about, publicUrl),
  };
}

function issuesOf({ status, message, operationId }: ReadOutcome, { companyId }: About, publicUrl: string) {
  if (message === undefined) return [];
  const links = {
    logs: `${publicUrl}/companies/${companyId}/data/history/${operationId}`,
    portal: portalPage(companyId, publicUrl),
  };
  return [{ type: isFailure(status) ? 'error.read' : 'warning.validation', message, links }];
}

function datasetPart(outcomes: readonly ReadOutcome[], about: About, publicUrl: string) {
  const [outcome] = outcomes;
  if (outcome === undefined) return {};
  const {
    recordsModified: _none,
    recordsModifiedCount: _zero,
    ...failed
  } = readSummary(outcome, about, publicUrl);
  return failed;
}

function mismatchPart(
  mismatch: OutboxEvent['mismatch'],
  { companyId, connection }: About,
  publicUrl: string,
) {
  if (mismatch === undefined) return {};
  const { dataType, totals } = mismatch;
  return {
    ...(connection && { connectionId: connection.id }),
    dataType,
    totals,
    links: {
      proof: `${publicUrl}/companies/${companyId}/dataStatus/${dataType}/proof`,
      portal: portalPage(companyId, publicUrl),
    },
  };
}

/** The names alone: what is in the fields may be a customer's. */
function driftPart(drift: OutboxEvent['drift'], { companyId, connection }: About, publicUrl: string) {
  if (drift === undefined) return {};
  const { dataType, found } = drift;
  const rawRows = (resource: string) =>
    connection && `${publicUrl}/companies/${companyId}/connections/${connection.id}/freshbooks/${resource}`;
  return {
    ...(connection && { connectionId: connection.id }),
    dataType,
    found: found.map((drift) => ({ ...drift, links: { raw: rawRows(drift.resource) } })),
    links: { portal: portalPage(companyId, publicUrl) },
  };
}

function portalPage(companyId: string, publicUrl: string): string {
  return `${publicUrl}/portal/companies/${companyId}`;
}
