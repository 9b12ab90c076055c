import { type Row, textOf } from './json.ts';
import type { Business, Membership, Person } from './people.ts';
import type { Store } from './store.ts';

// What a script has set of a person's role in a business: how users/me calls it, and what they may not read under it.
// Which role sees what is said nowhere (§2.1 names the roles alone), so it is the script that says.

type Roles = Pick<Store, 'documents'>;

const keyOf = ({ identityId }: Person, businessId: number): string => `${identityId}/${businessId}`;

const limitOf = (store: Roles, person: Person, businessId: number): Row =>
  store.documents('roles').get(keyOf(person, businessId)) ?? {};

/** The role a person has on a business: what a script has set, or the one they came with. */
export const roleOn =
  (store: Roles) =>
  (person: Person, { business, role }: Membership): string =>
    textOf(limitOf(store, person, business.businessId), 'role') || role;

export const mayRead = (store: Roles, person: Person, business: Business, resource: string): boolean => {
  const hidden = limitOf(store, person, business.businessId)['mayNotRead'];
  return !Array.isArray(hidden) || !hidden.includes(resource);
};

/** Sets the role, with the resources it may not read; null gives back the one the person came with. */
export const limitRole = (
  store: Roles,
  person: Person,
  wish: { businessId: number; role: string | null; mayNotRead: readonly string[] },
): void => {
  const { businessId, role, mayNotRead } = wish;
  const roles = store.documents('roles');
  if (role === null) roles.remove(keyOf(person, businessId));
  else roles.put(keyOf(person, businessId), { role, mayNotRead });
};
