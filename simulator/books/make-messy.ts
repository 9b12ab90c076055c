import type { Draft } from './draft.ts';

export const makeMessy = (_draft: Draft): void => {};
