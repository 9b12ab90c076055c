import { isLanguage, type Language } from './messages.ts';

const rememberedUnder = 'ledgerlink.language';

/** The remembered choice, else the browser's first language that we have, else English. */
export function chooseLanguage(remembered: string | null, browser: readonly string[]): Language {
  if (isLanguage(remembered)) return remembered;
  const known = browser.find((tag) => /^(en|fr)\b/i.test(tag));
  return known?.toLowerCase().startsWith('fr') ? 'fr-CA' : 'en';
}

export function rememberedLanguage(): string | null {
  return localStorage.getItem(rememberedUnder);
}

export function rememberLanguage(language: Language): void {
  localStorage.setItem(rememberedUnder, language);
}
