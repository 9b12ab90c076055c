import { Big } from 'big.js';
import type { Row } from './json.ts';

// Currencies whose amounts carry three decimals; every other one is shown with two (§3.6).
const threeDecimals = new Set(['BHD', 'JOD', 'KWD', 'OMR', 'TND']);

const decimalsOf = (code: string): number => (threeDecimals.has(code) ? 3 : 2);

/** Rounds half up (away from zero) to what the currency shows. */
export const roundTo = (amount: Big, code: string): Big => amount.round(decimalsOf(code), Big.roundHalfUp);

/** Wire money: `{ amount: '1500.00', code: 'USD' }`, the amount always a string (§3.6). */
export const money = (amount: Big, code: string): Row => ({
  amount: roundTo(amount, code).toFixed(decimalsOf(code)),
  code,
});

/** Wire money that keeps more decimals than the currency has, as live expenses do ("39.991", §3.6). */
export const exactMoney = (amount: string, code: string): Row => {
  const exact = new Big(amount);
  const shown = roundTo(exact, code).eq(exact) ? exact.toFixed(decimalsOf(code)) : exact.toFixed();
  return { amount: shown, code };
};
