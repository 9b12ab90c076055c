import { clients } from './clients.ts';
import { expenseCategories } from './expense-categories.ts';
import { expenses } from './expenses.ts';
import { invoices } from './invoices.ts';
import { payments } from './payments.ts';
import type { Resource } from './resource.ts';
import { systems } from './systems.ts';
import { taxes } from './taxes.ts';

/** Every accounting resource that is served; a new one is a file and a row here. */
export const catalogue: readonly Resource[] = [
  clients,
  invoices,
  payments,
  taxes,
  expenses,
  expenseCategories,
  systems,
];
