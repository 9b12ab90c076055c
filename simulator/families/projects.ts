import { type Row, without } from '../json.ts';
import {
  bareBoolean,
  bareList,
  bareNumber,
  matching,
  pageOf,
  sorted,
  updatedSince,
} from './business-list.ts';
import type { Endpoint, Read } from './endpoint.ts';
import { membersOf } from './team.ts';

const filters = {
  client_id: bareNumber,
  complete: bareBoolean,
  active: bareBoolean,
  internal: bareBoolean,
  updated_since: updatedSince,
};

// A deleted project is left out unless `active=false` asks for it.
const list = ({ query, books }: Read): Row => {
  const all = books.rows('projects').ascending();
  const shown = query.has('active') ? all : all.filter((row) => row['active'] === true);
  const sort = query.get('sort');
  const order = sorted(matching(shown, query, filters), sort, ['title', 'due_date', 'created_at']);
  const { rows, meta } = pageOf(order, query, 30);
  return bareList('projects', rows, { ...meta, sort: sort === null ? [] : [sort] });
};

const abilities = ['can_edit', 'can_archive', 'can_generate_invoice', 'can_delete'].map((name) => ({
  name,
  value: true,
}));

// §3A.18: one project has its group where a list has the group's id.
const one = ({ params: [id], books }: Read): Row | undefined => {
  const row = books.rows('projects').get(Number(id));
  if (!row) return undefined;
  const members = membersOf(books).map((member) =>
    without(member, 'business_id', 'group_id', 'unacknowledged_change'),
  );
  const group = { id: row['group_id'] ?? null, members, pending_invitations: [] };
  return { project: { ...without(row, 'group_id'), group }, abilities };
};

const projects = { name: 'projects', family: 'projects', tenant: 'businessId', scope: 'projects' } as const;

/** §3A.18: under all three of their prefixes. */
export const projectEndpoints: readonly Endpoint[] = [
  { ...projects, pattern: /^\/projects\/business\/([^/]+)\/projects$/, read: list },
  { ...projects, pattern: /^\/timetracking\/business\/([^/]+)\/projects$/, read: list },
  { ...projects, pattern: /^\/projects\/business\/([^/]+)\/projects?\/(\d+)$/, read: one },
  { ...projects, family: 'comments', pattern: /^\/comments\/business\/([^/]+)\/project\/(\d+)$/, read: one },
];
