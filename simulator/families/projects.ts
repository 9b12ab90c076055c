import { Refusal } from '../accounting/refusal.ts';
import { type Row, textOf, without } from '../json.ts';
import type { Books } from '../resources/resource.ts';
import {
  bareBoolean,
  bareList,
  bareNumber,
  matching,
  pageOf,
  sorted,
  totalOf,
  updatedSince,
} from './business-list.ts';
import { changedProject, newProject } from './change-projects.ts';
import type { Endpoint, Read, Writes, Written } from './endpoint.ts';
import { Unprocessable } from './family.ts';
import { membersOf } from './team.ts';

const filters = {
  client_id: bareNumber,
  complete: bareBoolean,
  active: bareBoolean,
  internal: bareBoolean,
  updated_since: updatedSince,
};

// A deleted project is left out unless `active=false` asks for it.
const list = ({ query, books, seen }: Read): Row => {
  const wanted = (all: readonly Row[]): readonly Row[] =>
    matching(
      all.filter((row) => query.has('active') || row['active'] === true),
      query,
      filters,
    );
  const sort = query.get('sort');
  const order = sorted(wanted(seen('projects')), sort, ['title', 'due_date', 'created_at']);
  const total = totalOf(order, () => wanted(books.rows('projects').ascending()), books);
  const { rows, meta } = pageOf(order, query, 30, total);
  return bareList('projects', rows, { ...meta, sort: sort === null ? [] : [sort] });
};

const abilities = ['can_edit', 'can_archive', 'can_generate_invoice', 'can_delete'].map((name) => ({
  name,
  value: true,
}));

// §3A.18: one project has its group where a list has the group's id.
const held = ({ params: [id], seen }: Read): Row | undefined =>
  seen('projects').find((row) => row['id'] === Number(id));

const one = (call: Read): Row | undefined => {
  const row = held(call);
  return row && whole(row, call.books);
};

const whole = (row: Row, books: Books): Row => {
  const members = membersOf(books).map((member) =>
    without(member, 'business_id', 'group_id', 'unacknowledged_change'),
  );
  const group = { id: row['group_id'] ?? null, members, pending_invitations: [] };
  return { project: { ...without(row, 'group_id'), group }, abilities };
};

const left = (row: Row, books: Books): Written => {
  books.rows('projects').put(row);
  return { resource: 'projects', id: Number(row['id']), body: whole(row, books) };
};

const creates: Writes = {
  one: 'project',
  ways: {
    POST: ({ books }, object) => {
      if (textOf(object, 'title') === '') throw new Unprocessable({ title: 'field required' });
      return left(newProject(object, books), books);
    },
  },
};

// §3A.18: a PUT without a title is an internal error; a deleted project stays, not active any more.
const changes: Writes = {
  one: 'project',
  ways: {
    PUT: (call, object) => {
      if (textOf(object, 'title') === '') throw new Refusal(500, { errno: 500, message: 'internal error' });
      const row = held(call);
      return row && left(changedProject(row, object, call.books), call.books);
    },
    DELETE: (call) => {
      const row = held(call);
      if (!row) return undefined;
      const { resource, id } = left(changedProject(row, { active: false }, call.books), call.books);
      return { resource, id };
    },
  },
};

const projects = { name: 'projects', family: 'projects', tenant: 'businessId', scope: 'projects' } as const;

/** §3A.18: under all three of their prefixes. */
export const projectEndpoints: readonly Endpoint[] = [
  { ...projects, pattern: /^\/projects\/business\/([^/]+)\/projects$/, read: list },
  { ...projects, pattern: /^\/timetracking\/business\/([^/]+)\/projects$/, read: list },
  { ...projects, pattern: /^\/projects\/business\/([^/]+)\/project$/, writes: creates },
  { ...projects, pattern: /^\/projects\/business\/([^/]+)\/projects?\/(\d+)$/, read: one, writes: changes },
  { ...projects, family: 'comments', pattern: /^\/comments\/business\/([^/]+)\/project\/(\d+)$/, read: one },
];
