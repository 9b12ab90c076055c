import type { Clock } from '../app/ports.ts';

/** The system's clock: the one place in the product that reads it. */
export const systemClock: Clock = () => new Date(Date.now()).toISOString();
