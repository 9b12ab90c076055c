import { expect, it } from '@jest/globals';
import { ByteCache } from '../../../src/books/byte-cache.ts';

it('drops the longest unused when it is full', () => {
  const cache = new ByteCache<string>(10);
  cache.set('a', 'A', 4);
  cache.set('b', 'B', 4);
  cache.get('a');

  cache.set('c', 'C', 4);

  expect([cache.get('a'), cache.get('b'), cache.get('c')]).toEqual(['A', undefined, 'C']);
});

it('does not keep what is heavier than all the room there is', () => {
  const cache = new ByteCache<string>(10);
  cache.set('a', 'A', 4);

  cache.set('b', 'B', 11);

  expect([cache.get('a'), cache.get('b')]).toEqual(['A', undefined]);
});

it('weighs a value that is set again once', () => {
  const cache = new ByteCache<string>(10);
  cache.set('a', 'A', 6);
  cache.set('a', 'A', 6);
  cache.set('b', 'B', 4);

  expect([cache.get('a'), cache.get('b')]).toEqual(['A', 'B']);
});
