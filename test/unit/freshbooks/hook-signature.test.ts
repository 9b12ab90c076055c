import { createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { isSigned } from '../../../src/freshbooks/hook-signature.ts';

// freshbooks-api §5.3.
const key = '0123456789abcdef0123456789abcdef';
const fields = Object.entries({
  name: 'invoice.create',
  object_id: '1234567',
  account_id: '6BApk',
  business_id: '6543',
  identity_id: '1234',
  user_id: '1',
});
const signature = 'dkBR4leWvNTJWsNgfuP/Lbu4x0PohAEXaCAtCRmIlHo=';
const sign = (text: string) => createHmac('sha256', key).update(text).digest('base64');

describe('the signature of a delivery', () => {
  it('is that of the published example', () => {
    expect(isSigned(fields, signature, key)).toBe(true);
  });

  it('is not that of JSON without spaces', () => {
    expect(isSigned(fields, 'Sj+7cHOOa/dgh0rct3jAv2au1/n5s5rSj948GLX20ZM=', key)).toBe(false);
  });

  it.each([
    ['another key', fields, signature, 'other'],
    ['another value', fields.map(([name, value]) => [name, `${value}0`] as const), signature, key],
    ['another order', fields.toReversed(), signature, key],
    ['a part of the signature', fields, signature.slice(0, 20), key],
    ['no signature', fields, '', key],
    ['one that is not base64', fields, '*'.repeat(44), key],
  ])('does not hold with %s', (_what, sent, given, with_) => {
    expect(isSigned(sent, given, with_)).toBe(false);
  });

  it.each([
    ['letters beyond ASCII', 'é', '\\u00e9'],
    ['letters beyond the first plane', '😀', '\\ud83d\\ude00'],
    ['quotes and slashes', '"/\\', '\\"/\\\\'],
    ['control letters', '\n\u0001\u007f', '\\n\\u0001\\u007f'],
    ['separators within a value', '": ", "', '\\": \\", \\"'],
  ])('is over Python’s text of %s', (_what, value, text) => {
    expect(isSigned([['name', value]], sign(`{"name": "${text}"}`), key)).toBe(true);
  });
});
