import { describe, expect, it } from '@jest/globals';
import { Big } from 'big.js';
import fc from 'fast-check';
import { apportion, asNumber, decimal, percentOf, places, sum, zero } from '../../../src/domain/money.ts';

const cents = fc
  .bigInt({ min: -99_999_999n, max: 99_999_999n })
  .map((value) => new Big(String(value)).div(100));
const positive = fc.bigInt({ min: 0n, max: 99_999_999n }).map((value) => new Big(String(value)).div(100));

describe('exact decimals', () => {
  it.each([
    ['1500.00', 1500],
    ['39.991', 39.991],
    ['-4.40', -4.4],
    [' 0.10 ', 0.1],
    ['123456789012.34', 123456789012.34],
    [12.5, 12.5],
    ['-0.00', 0],
  ])('%s is the JSON number %d', (text, number) => {
    expect(asNumber(decimal(text))).toBe(number);
  });

  it('never writes minus zero', () => {
    expect(Object.is(asNumber(new Big('-0')), 0)).toBe(true);
  });

  it.each(['', 'ten', '1,000.00', 'NaN', '0x10'])('%j is no amount', (text) => {
    expect(() => decimal(text)).toThrow();
  });

  it.each([
    ['4', 0],
    ['4.50', 1],
    ['39.991', 3],
    ['1000', 0],
    ['0', 0],
  ])('%s needs %i digits behind the point', (text, digits) => {
    expect(places(new Big(text))).toBe(digits);
  });

  it('survive the JSON number up to twelve digits before the point', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 14n), max: 10n ** 14n }), (value) => {
        const exact = new Big(String(value)).div(100);
        expect(new Big(JSON.parse(JSON.stringify(asNumber(exact)))).eq(exact)).toBe(true);
      }),
    );
  });

  it('add up where floating point does not', () => {
    expect(asNumber(sum([decimal('0.1'), decimal('0.2')]))).toBe(0.3);
  });

  it('are a percentage of each other exactly', () => {
    expect(percentOf(new Big('99.99'), new Big('15.47375')).toFixed()).toBe(
      '15.4722026250'.replace(/0$/, ''),
    );
  });
});

describe('an amount that is shared out', () => {
  it('gives parts that add up to it exactly, each in whole cents and within a cent of its share', () => {
    fc.assert(
      fc.property(cents, fc.array(positive, { minLength: 1, maxLength: 12 }), (total, weights) => {
        const parts = apportion(total, weights, 2);

        expect(sum(parts).eq(total)).toBe(true);
        expect(parts.every((part) => places(part) <= 2)).toBe(true);
        const whole = sum(weights);
        if (whole.eq(0)) return;
        for (const [index, part] of parts.entries()) {
          const share = total.times(weights[index] ?? zero).div(whole);
          expect(part.minus(share).abs().lte('0.01')).toBe(true);
        }
      }),
    );
  });

  it('gives the odd cent to who lost most by rounding', () => {
    const parts = apportion(new Big('0.05'), [new Big(1), new Big(1), new Big(1)], 2);

    expect(parts.map((part) => part.toFixed(2))).toEqual(['0.02', '0.02', '0.01']);
  });

  it('gives all to the first when nobody has a weight, and nothing when there is nobody', () => {
    expect(apportion(new Big(5), [zero, zero], 2).map(asNumber)).toEqual([5, 0]);
    expect(apportion(new Big(5), [], 2)).toEqual([]);
  });
});
