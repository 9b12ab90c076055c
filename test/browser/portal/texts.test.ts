import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const root = resolve(import.meta.dirname, '../../..');

function textsOf(language: string): Map<string, string> {
  return new Map(
    Object.entries(JSON.parse(readFileSync(join(root, 'messages', language, 'portal.json'), 'utf8'))),
  );
}

const english = textsOf('en');
const french = textsOf('fr-CA');
const placesOf = (text: string | undefined) => [...(text ?? '').matchAll(/\{\w+\}|\*\*/g)].map(String).sort();

const sources = readdirSync(join(root, 'portal'), { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file))
  .map((file) => readFileSync(join(root, 'portal', file), 'utf8'))
  .join('\n');

/** Keys that are put together: `t(`problem.${kind}`)`, `word('dataType', …)`. */
const families = [
  ...[...sources.matchAll(/t\(`([\w.]+)\.\$\{/g)].map(([, family]) => family),
  ...[...sources.matchAll(/word\('(\w+)'/g)].map(([, family]) => family),
];

describe('the portal’s texts', () => {
  it('are the same in both languages, none empty', () => {
    expect([...french.keys()].sort()).toEqual([...english.keys()].sort());
    expect([...english, ...french].filter(([, text]) => text.trim() === '')).toEqual([]);
  });

  it.each([...english.keys()])('have the same places to fill in both languages: %s', (key) => {
    expect(placesOf(french.get(key))).toEqual(placesOf(english.get(key)));
  });

  it('are all used', () => {
    const used = (key: string) =>
      sources.includes(`'${key}'`) || families.some((family) => key.startsWith(`${family}.`));
    expect([...english.keys()].filter((key) => !used(key))).toEqual([]);
  });

  it('keep French signs with their words', () => {
    const loose = [...french].filter(([, text]) => / [?!:;»]|« /.test(text));
    expect(loose).toEqual([]);
  });

  it('use the typographic apostrophe', () => {
    expect([...english, ...french].filter(([, text]) => text.includes("'"))).toEqual([]);
  });
});
