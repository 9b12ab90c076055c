import { isRow, type Row } from '../json.ts';
import type { Books, Resource } from '../resources/resource.ts';
import { idOf } from '../row-index.ts';
import { demand, readFields } from './read-fields.ts';
import { Refusal } from './refusal.ts';

/** What a change leaves: the row as it now stands, and as the reply shows it. */
export type Changed = { stored: Row; shown: Row };

/** The written object under its singular key; throws errno 1001 where it is missing. */
export const objectOf = (resource: Resource, body: unknown): Row => {
  const object = isRow(body) ? body[resource.one] : undefined;
  if (isRow(object)) return object;
  const message = `Required field: ${resource.one}`;
  throw new Refusal(422, { errno: 1001, field: resource.one, object: null, value: null, message });
};

const store = (resource: Resource, before: Row | undefined, after: Row, books: Books): Changed => {
  books.rows(resource.name).put(after);
  resource.ripple?.(before, after, books);
  return { stored: after, shown: books.rows(resource.name).get(idOf(after)) ?? after };
};

export const createRow = (resource: Resource, object: Row, books: Books): Changed => {
  if (!resource.create) throw new Refusal(405, { errno: 1003, message: 'Method not allowed.' });
  const fields = readFields(resource.fields, resource.one, object);
  demand(resource.required, resource.one, fields);
  return store(resource, undefined, resource.create(fields, books), books);
};

/** Active, deleted or archived (§3.8): every other field of the row stays, `updated` as the switch says. */
const hideRow = (resource: Resource, row: Row, state: number, books: Books): Changed => {
  const hidden = { ...row, vis_state: state };
  const bump = resource.bumpsOnHide?.(books) ?? 'now';
  const touched = resource.touch?.(hidden, books) ?? hidden;
  const after = bump === 'never' ? hidden : touched;
  const changed = store(resource, row, after, books);
  return bump === 'later' ? { ...changed, shown: hidden } : changed;
};

const visState = (resource: Resource, value: unknown): number => {
  if (value === 0 || value === 1 || value === 2) return value;
  const shown = typeof value === 'string' || typeof value === 'number' ? value : null;
  const field = { field: 'vis_state', object: resource.one, value: shown };
  throw new Refusal(422, { ...field, errno: 1004, message: "Invalid value for field 'vis_state'." });
};

/**
 * §3.8: a PUT has phases: ext_vis_state, vis_state, actions, ordinary fields. The first one present is applied and
 * the rest of the body is dropped without a word, even when it changes nothing.
 */
export const updateRow = (resource: Resource, row: Row, object: Row, books: Books): Changed => {
  for (const field of ['ext_vis_state', 'vis_state']) {
    if (object[field] !== undefined) return hideRow(resource, row, visState(resource, object[field]), books);
  }
  for (const [name, act] of Object.entries(resource.actions ?? {})) {
    if (object[name] !== undefined) {
      return object[name] === true
        ? store(resource, row, act(row, object, books), books)
        : { stored: row, shown: row };
    }
  }
  const fields = readFields(resource.fields, resource.one, object);
  return store(resource, row, resource.update?.(row, fields, books) ?? row, books);
};

export const removeRow = (resource: Resource, row: Row, books: Books): void => {
  if (resource.deletes === 'hides') {
    hideRow(resource, row, 1, books);
    return;
  }
  books.rows(resource.name).remove(idOf(row));
  resource.ripple?.(row, undefined, books);
};
