import en from '../../../messages/en/link.json' with { type: 'json' };
import fr from '../../../messages/fr-CA/link.json' with { type: 'json' };
import type { Language } from './language.ts';

/** The name of a text of the link journey. */
export type TextName = keyof typeof en;

const catalogue: Readonly<Record<Language, Readonly<Record<TextName, string>>>> = { en, 'fr-CA': fr };

/** A text in a language, its placeholders in braces filled. It is plain text: whoever puts it in a page escapes it. */
export function textOf(
  language: Language,
  name: TextName,
  values: Readonly<Record<string, string>> = {},
): string {
  return catalogue[language][name].replaceAll(/\{(\w+)\}/g, (_, key: string) => values[key] ?? '');
}
