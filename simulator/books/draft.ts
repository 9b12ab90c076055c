import type { Books } from '../resources/resource.ts';
import type { Random } from './random.ts';

export type Sizes = { clients: number; invoices: number; expenses: number; categories: number };

/** A book in the making: the same account's books at any moment, and the book's own randomness. */
export type Draft = { at: (moment: number) => Books; random: Random; sizes: Sizes };
