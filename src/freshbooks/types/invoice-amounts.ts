import { Big } from 'big.js';
import { apportion, isZero, percentOf, places, sum, zero } from '../../domain/money.ts';

/** What a line brings along: its amount before discount and tax, and the tax rates on it in percent. */
export type LineInput = { amount: Big; percents: readonly Big[]; compounded: boolean };
export type LineAmounts = { discount: Big; subTotal: Big; tax: Big; total: Big };
export type InvoiceAmounts = { lines: LineAmounts[]; discount: Big; subTotal: Big; tax: Big };

/**
 * Splits what FreshBooks gives for the whole invoice (total, discount) over its lines, so that the lines add up to
 * the invoice to the last cent: FreshBooks gives no tax amounts at all, and rounds once per invoice where a line by
 * line calculation would round at each. `total` 41.94 of lines 20.00 (13 %) and 24.00 with a discount of 4.40 is a
 * tax of 2.34.
 *
 * When total and lines do not agree by more than rounding (a fee that is on no line, say), the tax is what the lines
 * say, and the sub-total is the rest of the total, so that the invoice's own figures still add up.
 */
export function invoiceAmounts(lines: readonly LineInput[], total: Big, discount: Big): InvoiceAmounts {
  const digits = Math.max(2, places(total), places(discount), ...lines.map((line) => places(line.amount)));
  const gross = sum(lines.map((line) => line.amount));
  const discounts = isZero(discount)
    ? lines.map(() => zero)
    : apportion(
        discount,
        lines.map((l) => l.amount),
        digits,
      );
  const nets = lines.map((line, index) => line.amount.minus(discounts[index] ?? zero));
  const exactTaxes = lines.map((line, index) => lineTax(line, nets[index] ?? zero));
  const net = gross.minus(discount);
  const byLines = sum(exactTaxes).round(digits, Big.roundHalfUp);
  const tax = agrees(total.minus(net), byLines, lines.length, digits) ? total.minus(net) : byLines;
  const taxes = isZero(tax) ? lines.map(() => zero) : apportion(tax, exactTaxes, digits);
  const amounts = nets.map((subTotal, index) => {
    const ownTax = taxes[index] ?? zero;
    return { discount: discounts[index] ?? zero, subTotal, tax: ownTax, total: subTotal.plus(ownTax) };
  });
  return { lines: amounts, discount, subTotal: total.minus(tax), tax };
}

/** Each tax of each line may have been rounded on its own. */
function agrees(left: Big, right: Big, lines: number, digits: number): boolean {
  const cents = new Big(10).pow(-Math.min(digits, 2)).times(lines * 2 + 1);
  return left.minus(right).abs().lte(cents);
}

function lineTax(line: LineInput, net: Big): Big {
  const [first, second] = line.percents;
  if (first === undefined || isZero(net)) return zero;
  const one = percentOf(net, first);
  if (second === undefined) return one;
  const base = line.compounded ? net.plus(one) : net;
  return one.plus(percentOf(base, second));
}
