/** The agency books run from here to there (milliseconds); statuses are as of the end. */
export const bookStart = Date.UTC(2023, 10, 1, 14);
export const bookEnd = Date.UTC(2026, 10, 1, 15);
export const dayLength = 86_400_000;
