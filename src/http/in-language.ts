import en from '../../messages/en/errors.json' with { type: 'json' };
import fr from '../../messages/fr-CA/errors.json' with { type: 'json' };
import type { Language } from './link/language.ts';
import { translation } from './translation.ts';

const translated = translation(en, fr);

/** Longer ones hold much of what the caller sent; they stay English rather than cost time. */
const longest = 1500;

/** A refusal's sentence in a language; English where nobody wrote it in the other one. */
export function inLanguage(sentence: string, language: Language): string {
  if (language === 'en' || sentence.length > longest) return sentence;
  return translated(sentence) ?? sentence;
}

/** True when the catalogue has this sentence: what every test of a refusal asks. */
export function isTranslated(sentence: string): boolean {
  return translated(sentence) !== undefined;
}
