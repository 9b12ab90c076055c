import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { inLanguage } from '../../../src/http/in-language.ts';
import { ask, makeWorld, sentenceOf } from './api-world.ts';

const catalogue = (language: string) =>
  z
    .record(z.string(), z.string())
    .parse(
      JSON.parse(readFileSync(`${import.meta.dirname}/../../../messages/${language}/errors.json`, 'utf8')),
    );
const [english, french] = [catalogue('en'), catalogue('fr-CA')];
const placeholders = (text = '') => (text.match(/\{\w+\}/g) ?? []).toSorted();

describe('the catalogues of refusals', () => {
  it('have the same sentences in both languages', () => {
    expect(Object.keys(french)).toEqual(Object.keys(english));
  });

  it.each(Object.keys(english))('say the same things in %s', (key) => {
    const known = placeholders(english[key]);

    expect(placeholders(french[key]).filter((name) => !known.includes(name))).toEqual([]);
    expect(inLanguage(english[key] ?? '', 'fr-CA')).toBe(french[key]);
  });
});

describe('a refusal', () => {
  const refusal = async (acceptLanguage: string, operation = 'GET /companies/nobody') => {
    const headers = { 'accept-language': acceptLanguage };
    return sentenceOf(await ask(await makeWorld(), operation, { headers }));
  };

  it.each([
    ['fr-CA,fr;q=0.9,en;q=0.8', 'Il n’y a pas d’entreprise avec l’identifiant nobody. Vérifiez-le.'],
    ['en-CA', 'There is no company with the id nobody. Check the id.'],
    ['*', 'There is no company with the id nobody. Check the id.'],
  ])('is said in the language of %s', async (header, sentence) => {
    expect(await refusal(header)).toBe(sentence);
  });

  it('translates the words inside it and every fault of an input', async () => {
    expect(await refusal('fr', 'GET /companies?page=0&query=name=')).toBe(
      '«\u00a0page\u00a0» dans la chaîne de requête doit être un nombre entier de 1 à 999999999.',
    );
    expect(await refusal('fr', 'GET /companies?query=lastSync=hier')).toBe(
      'Requête illisible\u00a0: «\u00a0lastSync\u00a0» est comparé à «\u00a0hier\u00a0», qui n’est pas une date (AAAA-MM-JJ ou une heure ISO).',
    );
  });

  it('stays English where nobody wrote it in French', () => {
    expect(inLanguage('Something new.', 'fr-CA')).toBe('Something new.');
  });
});
