import { addDays, easternDay } from '../eastern-time.ts';
import { newProject } from '../families/change-projects.ts';
import { newRetainer } from '../families/change-retainers.ts';
import type { Row } from '../json.ts';
import type { Books } from '../resources/resource.ts';
import { bookStart, dayLength } from './book-span.ts';
import type { Draft } from './draft.ts';

const clientAt = (books: Books, index: number): Row => {
  const clients = books.rows('clients').ascending();
  return clients[index % Math.max(1, clients.length)] ?? {};
};

/** Makes projects: of a fixed price, by the hour with services, and the house's own; the last is deleted. */
export const makeProjects = ({ at }: Draft, count: number): void => {
  const services = at(bookStart).rows('services').ascending();
  const kinds: readonly ((index: number, books: Books) => Row)[] = [
    (index, books) => ({
      client_id: clientAt(books, index)['id'] ?? null,
      due_date: addDays(easternDay(books.at), 60),
      fixed_price: `${(index + 1) * 100}.00`,
      project_type: 'fixed_price',
    }),
    (index, books) => ({
      billing_method: 'project_rate',
      budget: 21_600,
      client_id: clientAt(books, index)['id'] ?? null,
      rate: '95.00',
      services: services.slice(0, 2),
    }),
    (index) => ({ internal: true, complete: index % 2 === 0, description: 'Our own' }),
  ];
  for (let index = 0; index < count; index += 1) {
    const books = at(bookStart + index * 11 * dayLength);
    const fields = kinds[index % kinds.length]?.(index, books) ?? {};
    const title = `Projet n° ${index + 1}`;
    const row = newProject({ ...fields, title, active: index < 2 || index < count - 1 }, books);
    books.rows('projects').put(row);
  }
};

/** Makes retainers, one for a client at most (§3A.20); the last one has ended. */
export const makeRetainers = ({ at }: Draft, count: number): void => {
  for (let index = 0; index < count; index += 1) {
    const books = at(bookStart + index * 31 * dayLength);
    const retainer = newRetainer(
      {
        active: count === 1 || index < count - 1,
        client_user_id: clientAt(books, index)['id'] ?? null,
        fee: 500 + index * 50,
      },
      books,
    );
    books.rows('retainers').put(retainer);
  }
};
