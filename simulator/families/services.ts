import type { Row } from '../json.ts';
import type { ResourceName } from '../resources/resource.ts';
import { idOf } from '../row-index.ts';
import { bareList, pageOf, sorted, totalOf } from './business-list.ts';
import { changeRetainers, createRetainers } from './change-retainers.ts';
import { createServices, giveRates } from './change-services.ts';
import type { Endpoint, Read } from './endpoint.ts';

const single =
  (key: string, resource: ResourceName) =>
  ({ params: [id], seen }: Read): Row | undefined => {
    const row = seen(resource).find((one) => idOf(one) === Number(id));
    return row && { [key]: row };
  };

const whole =
  (resource: ResourceName) =>
  ({ seen }: Read): Row =>
    bareList(resource, seen(resource));

// §3A.10: with counters, which it says a reply often lacks; the two others have none.
const services = ({ query, books, seen }: Read): Row => {
  const wanted = (all: readonly Row[]) => all.filter((row) => row['vis_state'] !== 1);
  const order = sorted(wanted(seen('services')), null, []);
  const total = totalOf(order, () => wanted(books.rows('services').ascending()), books);
  const { rows, meta } = pageOf(order, query, 30, total);
  return bareList('services', rows, meta);
};

const comments = { family: 'comments', tenant: 'businessId' } as const;
const billable = { ...comments, scope: 'billable_items' } as const;
const ofServices = { ...billable, name: 'services' } as const;
const rates = { ...billable, name: 'service_rates' } as const;
const retainers = { ...comments, scope: 'retainers', needs: 'retainers', name: 'retainers' } as const;
const under = (rest: string): RegExp => new RegExp(`^/comments/business/([^/]+)/${rest}$`);

/** §3A.10, §3A.20 */
export const serviceEndpoints: readonly Endpoint[] = [
  { ...ofServices, pattern: under('services'), read: services },
  { ...ofServices, pattern: under('service'), writes: createServices },
  { ...ofServices, pattern: under('service/(\\d+)'), read: single('service', 'services') },
  {
    ...rates,
    pattern: under('service/(\\d+)/rate'),
    read: single('service_rate', 'service_rates'),
    writes: giveRates,
  },
  { ...rates, pattern: under('service_rates'), read: whole('service_rates') },
  { ...retainers, pattern: under('retainers'), read: whole('retainers'), writes: createRetainers },
  {
    ...retainers,
    pattern: under('retainer/(\\d+)'),
    read: single('retainer', 'retainers'),
    writes: changeRetainers,
  },
];
