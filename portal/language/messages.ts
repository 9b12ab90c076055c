import en from '../../messages/en/portal.json' with { type: 'json' };
import frCa from '../../messages/fr-CA/portal.json' with { type: 'json' };

const languages = ['en', 'fr-CA'] as const;
export type Language = (typeof languages)[number];

/** The name of a text: the English file is the list, and a text missing from another language fails the build. */
export type MessageKey = keyof typeof en;

export const messages: Readonly<Record<Language, Readonly<Record<MessageKey, string>>>> = {
  en,
  'fr-CA': frCa,
};

export function isLanguage(name: string | null): name is Language {
  return languages.some((language) => language === name);
}

export function isMessageKey(name: string): name is MessageKey {
  return Object.hasOwn(en, name);
}
