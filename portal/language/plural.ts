import type { Language } from './messages.ts';

/** Which of the two forms a number takes: French says one for 0 and 1, English for 1 only. */
export function plural(count: number, language: Language): 'one' | 'other' {
  return new Intl.PluralRules(language).select(count) === 'one' ? 'one' : 'other';
}
