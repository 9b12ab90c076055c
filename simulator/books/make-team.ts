import { newStaff } from '../resources/staff.ts';
import { bookStart, dayLength } from './book-span.ts';
import type { Draft } from './draft.ts';
import { firstNames, lastNames } from './words.ts';

/** Makes the people who work there; number 1 is the owner, as in every account. */
export const makeTeam = ({ at, random }: Draft, count: number): void => {
  const owner = at(bookStart).rows('systems').ascending()[0];
  for (let id = 1; id <= count; id += 1) {
    const books = at(bookStart + id * dayLength);
    const [fname, lname] = [random.pick(firstNames), random.pick(lastNames)];
    const email = id === 1 ? String(owner?.['email']) : `${fname}.${lname}@team.example`.toLowerCase();
    const role = id === 1 ? ('admin' as const) : ('staff' as const);
    books.rows('staff').put(newStaff({ id, fname, lname, email, role }, books));
  }
};
