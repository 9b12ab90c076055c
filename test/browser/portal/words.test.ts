import { describe, expect, it } from '@jest/globals';
import en from '../../../messages/en/portal.json' with { type: 'json' };
import { searchQuery } from '../../../portal/api/companies.ts';
import { holdsWhiteSpace } from '../../../portal/integrations/white-space.ts';
import { chooseLanguage } from '../../../portal/language/choose-language.ts';
import { formatInstant, formatTaken } from '../../../portal/language/format-instant.ts';
import { formatText } from '../../../portal/language/format-text.ts';
import { dataTypes } from '../../../src/domain/data-types.ts';
import { pullStatuses } from '../../../src/domain/dataset.ts';
import { Attempt } from '../../../src/domain/delivery.ts';
import { eventTypes } from '../../../src/domain/event.ts';
import { controlsOf } from '../../../src/freshbooks/control-totals.ts';

describe('the language at first', () => {
  it.each([
    ['what was remembered', 'en', ['fr-CA'], 'en'],
    ['French of any country', null, ['fr-FR', 'en'], 'fr-CA'],
    ['the first one that we have', null, ['de', 'fr', 'en'], 'fr-CA'],
    ['English where we have none', null, ['de', 'fil'], 'en'],
    ['the browser’s where a remembered one is unknown', 'de', ['fr-CA'], 'fr-CA'],
  ] as const)('is %s', (_why, remembered, browser, expected) => {
    expect(chooseLanguage(remembered, browser)).toBe(expected);
  });
});

describe('a search as a query of the API', () => {
  it('asks for the name or the id', () => {
    expect(searchQuery('  maple ltd ')).toBe('name~maple ltd||id~maple ltd');
  });

  it('cannot be broken by signs of the query language', () => {
    expect(searchQuery('a&&b||{c}=d')).toBe('name~a b c d||id~a b c d');
  });

  it('is left out where nothing is left to look for', () => {
    expect(searchQuery(' && ')).toBeUndefined();
  });
});

describe('words for values of the API', () => {
  const words = Object.keys(en);

  it.each([
    ['event type', 'eventType', Object.keys(eventTypes)],
    ['data type', 'dataType', dataTypes],
    ['status of a pull', 'pullStatus', pullStatuses],
    ['report that totals are compared with', 'report', dataTypes.flatMap(controlsOf)],
    ['way that an attempt failed', 'attemptError', Attempt.shape.error.unwrap().options],
  ])('there is one for every %s', (_what, family, values) => {
    expect(values.filter((value) => !words.includes(`${family}.${value}`))).toEqual([]);
  });
});

describe('white space in keys', () => {
  it.each([' a', 'a ', 'a b', 'a\tb', 'a\nb', 'a\u00A0b', 'a\u200Bb', '\uFEFFa'])('is seen in %j', (key) => {
    expect(holdsWhiteSpace(key)).toBe(true);
  });

  it('is not seen where there is none', () => {
    expect(holdsWhiteSpace('a1-B2_c3.~')).toBe(false);
  });
});

describe('words with values', () => {
  it('fills places, and leaves a place without a value to be seen', () => {
    expect(formatText('{count} of {total}', { count: 2 })).toBe('2 of {total}');
  });

  it('leaves what is no instant as it came', () => {
    expect(formatInstant('soon', 'en')).toBe('soon');
  });

  it.each([
    ['2026-03-01T00:00:00.400Z', /^< 1/],
    ['2026-03-01T00:00:04Z', /^4/],
    ['2026-03-01T00:05:00Z', /^5.*min/],
  ])('says how long something took until %s', (end, expected) => {
    expect(formatTaken('2026-03-01T00:00:00Z', end, 'en')).toMatch(expected);
  });

  it('says nothing of how long it took while it has not ended', () => {
    expect(formatTaken('2026-03-01T00:00:00Z', undefined, 'en')).toBeUndefined();
  });
});
