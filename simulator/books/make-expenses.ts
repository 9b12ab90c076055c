import { easternDay } from '../eastern-time.ts';
import type { Row } from '../json.ts';
import { postTo } from '../resources/expense-categories.ts';
import { newExpense } from '../resources/expenses.ts';
import { bookEnd, bookStart, dayLength } from './book-span.ts';
import type { Draft } from './draft.ts';
import { vendors } from './words.ts';

const taxed = (amount: number): Row => ({
  taxName1: 'HST',
  taxPercent1: '13',
  taxAmount1: { amount: ((amount * 13) / 11_300).toFixed(2) },
});

/** Makes the expenses in order of date; each marks its category (§3.8). */
export const makeExpenses = ({ at, random, sizes }: Draft): void => {
  const children = at(bookStart)
    .rows('expense_categories')
    .ascending()
    .filter((row) => row['parentid'] !== null);
  const span = (bookEnd - bookStart) / dayLength - 2;
  const posted = new Map<number, number>();
  for (let index = 0; index < sizes.expenses; index += 1) {
    const day = Math.floor((index / sizes.expenses) * span);
    const moment =
      bookStart + day * dayLength + random.between(0, 9 * 3_600) * 1_000 + random.between(0, 999);
    const category = children[random.between(0, children.length - 1)];
    if (!category) return;
    const amount = random.between(400, 180_000);
    const fields: Row = {
      amount: { amount: (amount / 100).toFixed(2) },
      categoryid: Number(category['id']),
      date: easternDay(moment),
      notes: `${random.pick(vendors)} no. ${index + 1}`,
      staffid: 1,
      vendor: random.chance(0.9) ? random.pick(vendors) : null,
      ...(random.chance(0.6) ? taxed(amount) : {}),
    };
    const books = at(moment);
    books.rows('expenses').put(newExpense(fields, books));
    posted.set(Number(category['id']), moment);
  }
  for (const [id, moment] of posted) postTo(id, at(moment));
};
