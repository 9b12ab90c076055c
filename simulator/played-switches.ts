import type { Row } from './json.ts';
import type { Store } from './store.ts';
import { type Plays, switches, switchNames, valuesOf } from './switches.ts';

/** How the switches stand: kept, each at its first value until set. */
export type PlayedSwitches = {
  plays: Plays;
  all(): Row;
  /** Sets some; returns what was wrong with the wish, or undefined. */
  set(wish: Row): string | undefined;
};

export const makeSwitches = (store: Store): PlayedSwitches => {
  const kept = store.documents('switches');
  const standing = (name: string): string => String(kept.get(name)?.['value'] ?? valuesOf(name)?.[0]);
  return {
    plays: (name, value) => standing(name) === value,
    all: () => Object.fromEntries(switchNames.map((name) => [name, standing(name)])),
    set: (wish) => {
      for (const [name, value] of Object.entries(wish)) {
        const values = valuesOf(name);
        if (!values) return `there is no switch '${name}'; there are: ${switchNames.join(', ')}`;
        if (!values.includes(String(value))) return `'${name}' takes ${values.join(', ')}`;
      }
      for (const [name, value] of Object.entries(wish)) kept.put(name, { value: String(value) });
      return undefined;
    },
  };
};

/** Every switch with its section, question and the meaning of each value. */
export const switchCatalogue = (): Row => ({ ...switches });
