import en from '../../messages/en/errors.json' with { type: 'json' };
import fr from '../../messages/fr-CA/errors.json' with { type: 'json' };
import type { Language } from './link/language.ts';

const english: Readonly<Record<string, string>> = en;

type Template = { pattern: RegExp; names: readonly string[]; letters: number; french: string };

/**
 * Code throws English sentences, and the English catalogue has the pattern of each, so that a sentence stands next to
 * the reason for it and is still translated. The pattern with the most letters of its own is tried first.
 */
const templates: readonly Template[] = Object.entries(fr)
  .flatMap(([key, french]) => {
    const sentence = english[key];
    return sentence === undefined ? [] : [template(sentence, french)];
  })
  .sort((a, b) => b.letters - a.letters);

/** Longer ones hold much of what the caller sent; they stay English rather than cost time. */
const longest = 1500;

/** A sentence in a language; English where nobody wrote it in the other one. */
export function inLanguage(sentence: string, language: Language): string {
  if (language === 'en' || sentence.length > longest) return sentence;
  return translated(sentence) ?? sentence;
}

/** True when the catalogue has this sentence: what every test of a refusal asks. */
export function isTranslated(sentence: string): boolean {
  return translated(sentence) !== undefined;
}

function translated(sentence: string): string | undefined {
  for (const { pattern, names, french } of templates) {
    const found = pattern.exec(sentence);
    if (!found) continue;
    return french.replaceAll(/\{(\w+)\}/g, (whole, name: string) => {
      const value = found[names.indexOf(name) + 1];
      // A value may be a word of ours, such as "a number".
      return value === undefined || !names.includes(name) ? whole : (translated(value) ?? value);
    });
  }
  return undefined;
}

function template(english: string, french: string): Template {
  const names = [...english.matchAll(/\{(\w+)\}/g)].flatMap(([, name]) => name ?? []);
  const texts = english.split(/\{\w+\}/);
  return {
    pattern: new RegExp(`^${texts.map(escaped).join('(.*?)')}$`, 's'),
    names,
    letters: texts.join('').length,
    french,
  };
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
