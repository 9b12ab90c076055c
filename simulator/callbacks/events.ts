import { catalogue } from '../resources/catalogue.ts';
import type { ResourceName } from '../resources/resource.ts';
import type { Plays } from '../switches.ts';

const written = ['create', 'update', 'delete'] as const;
const sent = [...written, 'sendByEmail'] as const;

type Noun = {
  readonly resource: ResourceName;
  readonly verbs: readonly string[];
  /** No retrievable list of events has it (§5.4). */
  readonly unlisted?: true;
};

/** §5.4: what can be listened to. Nouns of what is only read here can be registered and never happen. */
const nouns: Readonly<Record<string, Noun>> = {
  bill: { resource: 'bills', verbs: written },
  bill_vendor: { resource: 'bill_vendors', verbs: written },
  category: { resource: 'expense_categories', verbs: written },
  client: { resource: 'clients', verbs: written },
  credit_note: { resource: 'credit_notes', verbs: written },
  estimate: { resource: 'estimates', verbs: sent },
  expense: { resource: 'expenses', verbs: written },
  invoice: { resource: 'invoices', verbs: sent },
  item: { resource: 'items', verbs: written },
  payment: { resource: 'payments', verbs: written },
  project: { resource: 'projects', verbs: written },
  recurring: { resource: 'invoice_profiles', verbs: written },
  service: { resource: 'services', verbs: written },
  bill_payment: { resource: 'bill_payments', verbs: written, unlisted: true },
  other_income: { resource: 'other_income', verbs: written, unlisted: true },
  tax: { resource: 'taxes', verbs: written, unlisted: true },
};

// Outside of the accounting catalogue, the rows of which say their scope.
const otherScopes: Partial<Record<ResourceName, string>> = {
  projects: 'projects',
  services: 'billable_items',
};

const scopeOf = (resource: ResourceName): string =>
  catalogue.find(({ name }) => name === resource)?.scope ?? otherScopes[resource] ?? resource;

/** The scope object that listening to an event needs (§5.4): `invoices`; undefined for an unrecognized event. */
export const scopeOfEvent = (event: string, plays: Plays): string | undefined => {
  const [name = '', verb, ...more] = event.split('.');
  const noun = Object.hasOwn(nouns, name) ? nouns[name] : undefined;
  if (!noun || more.length > 0 || (noun.unlisted && plays('callback-events', 'listed'))) return undefined;
  return verb === undefined || noun.verbs.includes(verb) ? scopeOf(noun.resource) : undefined;
};

/** The noun that a change of this resource is an event of. */
export const nounOf = (resource: ResourceName): string | undefined =>
  Object.keys(nouns).find((name) => nouns[name]?.resource === resource);

/** Whether a callback on `registered` hears `event`: the same, or its bare noun. */
export const hears = (registered: string, event: string): boolean =>
  registered === event || registered === event.split('.')[0];
