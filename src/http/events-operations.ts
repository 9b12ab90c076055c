import * as z from 'zod';
import { type EventType, eventTypes, isEventType } from '../domain/event.ts';
import { apiOperation, Id } from './api-operation.ts';
import { wholeNumber } from './paging.ts';
import { EventReply, eventReply } from './wire/event-reply.ts';

const Types = z
  .string()
  .transform((text) => text.split(',').map((type) => type.trim()))
  .refine((types) => types.every(isEventType), {
    error: `holds an event type that does not exist. There are ${Object.keys(eventTypes).join(', ')}.`,
  })
  .transform((types) => types.filter((type): type is EventType => isEventType(type)))
  .optional();

export const eventsOperations = [
  apiOperation({
    method: 'GET',
    path: '/events',
    name: 'listEvents',
    summary: 'Reads the events after a sequence; whoever reads on from "next" misses none.',
    role: 'read',
    query: z.object({
      after: wholeNumber(0, 999_999_999_999, 0),
      limit: wholeNumber(1, 1000, 100),
      companyId: Id.optional(),
      types: Types,
    }),
    success: 200,
    reply: z.strictObject({
      results: z.array(EventReply),
      /** To be given as "after" next time. */
      next: z.number().int(),
      hasMore: z.boolean(),
    }),
    run: async ({ deps, query }) => {
      const { events, next, hasMore } = await deps.readFeed(query);
      return { results: events.map(eventReply), next, hasMore };
    },
  }),
];
