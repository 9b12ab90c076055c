import type { Row } from '../json.ts';
import { bareList, pageOf, sorted } from './business-list.ts';
import type { Endpoint, Read } from './endpoint.ts';

const single = (key: string, row: Row | undefined): Row | undefined => (row ? { [key]: row } : undefined);

// §3A.10: with counters, which it says a reply often lacks; the two others have none.
const services = ({ query, books }: Read): Row => {
  const shown = books
    .rows('services')
    .ascending()
    .filter((row) => row['vis_state'] !== 1);
  const { rows, meta } = pageOf(sorted(shown, null, []), query, 30);
  return bareList('services', rows, meta);
};

const comments = { family: 'comments', tenant: 'businessId' } as const;
const billable = { ...comments, scope: 'billable_items' } as const;
const under = (rest: string): RegExp => new RegExp(`^/comments/business/([^/]+)/${rest}$`);

/** §3A.10, §3A.20 */
export const serviceEndpoints: readonly Endpoint[] = [
  { ...billable, name: 'services', pattern: under('services'), read: services },
  {
    ...billable,
    name: 'services',
    pattern: under('service/(\\d+)'),
    read: ({ params: [id], books }) => single('service', books.rows('services').get(Number(id))),
  },
  {
    ...billable,
    name: 'service_rates',
    pattern: under('service/(\\d+)/rate'),
    read: ({ params: [id], books }) => single('service_rate', books.rows('service_rates').get(Number(id))),
  },
  {
    ...billable,
    name: 'service_rates',
    pattern: under('service_rates'),
    read: ({ books }) => bareList('service_rates', books.rows('service_rates').ascending()),
  },
  {
    ...comments,
    scope: 'retainers',
    name: 'retainers',
    pattern: under('retainers'),
    read: ({ books }) => bareList('retainers', books.rows('retainers').ascending()),
  },
  {
    ...comments,
    scope: 'retainers',
    name: 'retainers',
    pattern: under('retainer/(\\d+)'),
    read: ({ params: [id], books }) => single('retainer', books.rows('retainers').get(Number(id))),
  },
];
