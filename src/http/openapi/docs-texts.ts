import en from '../../../messages/en/docs.json' with { type: 'json' };
import enOperations from '../../../messages/en/operations.json' with { type: 'json' };
import fr from '../../../messages/fr-CA/docs.json' with { type: 'json' };
import frOperations from '../../../messages/fr-CA/operations.json' with { type: 'json' };
import type { Language } from '../link/language.ts';
import { translation } from '../translation.ts';

type DocsText = keyof typeof en;

const catalogue: Readonly<Record<Language, Readonly<Record<string, string>>>> = { en, 'fr-CA': fr };

/** A text of the documentation's page. */
export function docsText(language: Language, name: DocsText): string {
  return catalogue[language][name] ?? en[name];
}

/** A sentence that the document has in English, in the reader's language where the catalogue has it. */
export function docsSentence(language: Language, name: string, english: string): string {
  return catalogue[language][name] ?? english;
}

const summaryInFrench = translation(enOperations, frOperations);

/** The summary of an operation in a language; English where nobody wrote it in the other one. */
export function summaryText(language: Language, summary: string): string {
  return language === 'en' ? summary : (summaryInFrench(summary) ?? summary);
}
