import { I18nProvider } from '@cloudscape-design/components/i18n';
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import { chooseLanguage, rememberedLanguage, rememberLanguage } from './choose-language.ts';
import { formatText, type TextValues } from './format-text.ts';
import { isMessageKey, type Language, type MessageKey, messages } from './messages.ts';

/** Values of the API that we have words for. */
type WordFamily =
  | 'connectionStatus'
  | 'pullStatus'
  | 'dataType'
  | 'fact'
  | 'scope'
  | 'waitingFor'
  | 'eventType'
  | 'attemptError'
  | 'report';

type Spoken = {
  language: Language;
  /** The text of that name in the chosen language, its placeholders filled. */
  t: (key: MessageKey, values?: TextValues) => string;
  /** The word for a value of the API, such as a status; a value we have no word for stays as it is. */
  word: (family: WordFamily, value: string) => string;
  speak: (language: Language) => void;
};

type WidgetTexts = Parameters<typeof I18nProvider>[0]['messages'];

/** Cloudscape's own texts are large: only the chosen language's are fetched. */
const widgetTexts: Readonly<Record<Language, () => Promise<WidgetTexts>>> = {
  en: async () => [(await import('@cloudscape-design/components/i18n/messages/all.en')).default],
  'fr-CA': async () => [(await import('@cloudscape-design/components/i18n/messages/all.fr')).default],
};

const LanguageContext = createContext<Spoken | undefined>(undefined);

/** Chooses the language, remembers it, and tells the document and Cloudscape. */
export function LanguageProvider({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useState(() => chooseLanguage(rememberedLanguage(), navigator.languages));
  const [widgets, setWidgets] = useState<WidgetTexts>();

  useEffect(() => {
    let current = true;
    document.documentElement.lang = language;
    void widgetTexts[language]().then((texts) => current && setWidgets(texts));
    return () => {
      current = false;
    };
  }, [language]);

  const spoken = useMemo<Spoken>(
    () => ({
      language,
      t: (key, values) => formatText(messages[language][key], values),
      word: (family, value) => {
        const key = `${family}.${value}`;
        return isMessageKey(key) ? messages[language][key] : value;
      },
      speak: (next) => {
        rememberLanguage(next);
        setLanguage(next);
      },
    }),
    [language],
  );

  if (!widgets) return null;
  return (
    <LanguageContext.Provider value={spoken}>
      <I18nProvider locale={language === 'en' ? 'en' : 'fr'} messages={widgets}>
        {children}
      </I18nProvider>
    </LanguageContext.Provider>
  );
}

/** The chosen language and its texts. Outside a `LanguageProvider` it throws. */
export function useLanguage(): Spoken {
  const spoken = useContext(LanguageContext);
  if (!spoken) throw new Error('useLanguage needs a LanguageProvider above it');
  return spoken;
}
