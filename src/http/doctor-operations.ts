import * as z from 'zod';
import type { Diagnosis } from '../app/reading/diagnose.ts';
import { pullStatuses } from '../domain/dataset.ts';
import { secondsBetween } from '../domain/instant.ts';
import { DateTime } from '../domain/unified/scalars.ts';
import { apiOperation, ConnectionPath } from './api-operation.ts';
import { linkForHealth } from './fresh-links.ts';
import { inLanguage } from './in-language.ts';
import { languageOf } from './link/language.ts';
import { type HealthPlaces, HealthReply, healthReply } from './wire/health-reply.ts';

const Seconds = z.number().int();

const DoctorReply = z.strictObject({
  companyId: z.string(),
  connectionId: z.string(),
  at: DateTime,
  health: HealthReply,
  integration: z.strictObject({
    setUp: z.boolean(),
    enabled: z.boolean(),
    keysVersion: z.number().optional(),
  }),
  /** When the schedule ticked last: every minute while all is well. */
  scheduleTickedSecondsAgo: Seconds.optional(),
  nextDue: DateTime.optional(),
  consent: z
    .strictObject({
      state: z.enum(['live', 'lost']),
      lossReason: z.string().optional(),
      renewedSecondsAgo: Seconds,
      /** Negative when it has ended: it is then renewed before the next call. */
      accessEndsInSeconds: Seconds,
      unansweredSinceSeconds: Seconds.optional(),
      /** Refused among many, and kept. */
      heldSinceSeconds: Seconds.optional(),
      /** Since when FreshBooks refuses to renew it, because of the app's keys. */
      keysRefusedSinceSeconds: Seconds.optional(),
      keysVersion: z.number().int(),
      keysCurrent: z.boolean(),
      /** The present keys are of the app that the customer agreed to: the consent moves to them by itself. */
      sameApp: z.boolean(),
      scopes: z.array(z.string()),
      missingScopes: z.array(z.string()),
      /** Which pairs there were: shortened hashes of their refresh tokens, oldest first. */
      lineage: z.array(z.strictObject({ epoch: z.number().int(), hash: z.string(), at: DateTime })),
    })
    .optional(),
  lease: z.strictObject({ until: DateTime, live: z.boolean() }).optional(),
  waiting: z.array(
    z.strictObject({ dataType: z.string(), reason: z.string(), waitingSeconds: Seconds, taken: z.boolean() }),
  ),
  lastRuns: z.array(
    z.strictObject({
      id: z.string(),
      completed: DateTime,
      completedSecondsAgo: Seconds,
      tookSeconds: Seconds,
      dataTypes: z.number().int(),
      failed: z.array(z.string()),
    }),
  ),
  /** Resources of FreshBooks that the latest read did not bring, or not whole, and why. */
  troubles: z.array(
    z.strictObject({
      resource: z.string(),
      status: z.enum(pullStatuses),
      message: z.string(),
      triedSecondsAgo: Seconds,
      health: HealthReply,
    }),
  ),
  dataTypes: z.array(
    z.strictObject({
      dataType: z.string(),
      status: z.enum(pullStatuses).optional(),
      lastSuccessSecondsAgo: Seconds.optional(),
      message: z.string().optional(),
      health: HealthReply,
    }),
  ),
});

export const doctorOperations = [
  apiOperation({
    method: 'GET',
    path: '/companies/{companyId}/connections/{connectionId}/doctor',
    name: 'diagnoseConnection',
    summary: 'Says why a connection or a data type is or is not current, and what to do.',
    role: 'read',
    params: ConnectionPath,
    success: 200,
    reply: DoctorReply,
    run: async ({ deps, params, request }) => {
      const diagnosis = await deps.diagnose(params);
      const { publicUrl } = deps;
      const { linkToken } = diagnosis.connection;
      const parts = [...diagnosis.dataTypes, ...diagnosis.troubles];
      const healths = [diagnosis.health, ...parts.map(({ health }) => health)];
      const linkUrl = await linkForHealth(deps, { ...params, linkToken }, healths);
      return doctorReply(diagnosis, { language: languageOf(request), linkUrl, publicUrl });
    },
  }),
];

function doctorReply(found: Diagnosis, places: HealthPlaces): z.infer<typeof DoctorReply> {
  const { at, connection, lastTick, nextDue, lease } = found;
  const ago = (then: string): number => Math.round(secondsBetween(then, at));
  return {
    companyId: connection.companyId,
    connectionId: connection.id,
    at,
    health: healthReply(found.health, places),
    integration: found.integration,
    ...(lastTick === undefined ? {} : { scheduleTickedSecondsAgo: ago(lastTick) }),
    ...(nextDue === undefined ? {} : { nextDue }),
    ...consentReply(found, ago),
    ...(lease === undefined ? {} : { lease }),
    waiting: found.waiting.map(({ requested, ...rest }) => ({ ...rest, waitingSeconds: ago(requested) })),
    lastRuns: found.lastRuns.map(({ requested, completed, ...rest }) => ({
      ...rest,
      completed,
      completedSecondsAgo: ago(completed),
      tookSeconds: Math.round(secondsBetween(requested, completed)),
    })),
    troubles: found.troubles.map(({ resource, status, message, at: tried, health }) => ({
      resource,
      status,
      message: inLanguage(message, places.language),
      triedSecondsAgo: ago(tried),
      health: healthReply(health, places),
    })),
    dataTypes: found.dataTypes.map(({ lastSuccess, health, message, ...rest }) => ({
      ...rest,
      ...(message === undefined ? {} : { message: inLanguage(message, places.language) }),
      ...(lastSuccess === undefined ? {} : { lastSuccessSecondsAgo: ago(lastSuccess) }),
      health: healthReply(health, places),
    })),
  };
}

function consentReply({ consent }: Diagnosis, ago: (then: string) => number) {
  if (consent === undefined) return {};
  const { loss, unanswered, held, keysRefused, renewed, ends, appVersion, keysCurrent, sameApp } = consent;
  const { scopes, missingScopes, lineage } = consent;
  return {
    consent: {
      state: loss === undefined ? ('live' as const) : ('lost' as const),
      ...(loss === undefined ? {} : { lossReason: loss.reason }),
      renewedSecondsAgo: ago(renewed),
      accessEndsInSeconds: -ago(ends),
      ...(unanswered === undefined ? {} : { unansweredSinceSeconds: ago(unanswered) }),
      ...(held === undefined ? {} : { heldSinceSeconds: ago(held) }),
      ...(keysRefused === undefined ? {} : { keysRefusedSinceSeconds: ago(keysRefused) }),
      keysVersion: appVersion,
      keysCurrent,
      sameApp,
      scopes,
      missingScopes,
      lineage,
    },
  };
}
