type Template = { pattern: RegExp; names: readonly string[]; letters: number; french: string };
type Catalogue = Readonly<Record<string, string>>;

/** A sentence in French, or `undefined` when the catalogue has no pattern that it fits. */
export type Translate = (sentence: string) => string | undefined;

/**
 * Code has English sentences, and the English catalogue has the pattern of each, so that a sentence stands next to
 * what it is about and is still translated. The pattern with the most letters of its own is tried first.
 */
export function translation(english: Catalogue, french: Catalogue): Translate {
  const templates = Object.entries(french)
    .flatMap(([key, text]) => {
      const sentence = english[key];
      return sentence === undefined ? [] : [template(sentence, text)];
    })
    .sort((a, b) => b.letters - a.letters);
  const translate: Translate = (sentence) => {
    for (const { pattern, names, french: text } of templates) {
      const found = pattern.exec(sentence);
      if (!found) continue;
      return text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => {
        const value = found[names.indexOf(name) + 1];
        // A value may be a word of ours, such as "a number".
        return value === undefined || !names.includes(name) ? whole : (translate(value) ?? value);
      });
    }
    return undefined;
  };
  return translate;
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
