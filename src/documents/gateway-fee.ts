import { metaText, metaValue } from '../orders/meta.js';
import { isDecimal, minorUnitsOf, parseMinor } from '../orders/money.js';
import type { Order } from '../orders/order.js';
import type { GatewayFee } from './document.js';

/**
 * What the payment provider kept, where its plugin recorded it on the order (recorded: x-stripe,
 * x-wcpay, x-ppcp, x-paypal). Undefined where it did not.
 */
export function gatewayFeeOf(order: Order): GatewayFee | undefined {
  const { meta } = order;
  const candidates: readonly (readonly [string | undefined, string | undefined])[] = [
    [metaText(meta, '_stripe_fee'), metaText(meta, '_stripe_currency')],
    [metaText(meta, '_wcpay_transaction_fee'), metaText(meta, '_wcpay_intent_currency')],
    payPalFee(metaValue(meta, '_ppcp_paypal_fees')),
    [metaText(meta, 'PayPal Transaction Fee'), undefined],
  ];
  for (const [amount, feeCurrency] of candidates) {
    if (amount === undefined || !isDecimal(amount)) continue;
    const currency = (feeCurrency ?? order.currency).toUpperCase();
    const amountMinor = parseMinor(amount, minorUnitsOf(currency));
    if (amountMinor !== 0) return { method: order.paymentMethod, currency, amountMinor };
  }
  return undefined;
}

function payPalFee(fees: unknown): readonly [string | undefined, string | undefined] {
  const fee = property(fees, 'paypal_fee');
  const amount = property(fee, 'value');
  const currency = property(fee, 'currency_code');
  return [
    typeof amount === 'string' ? amount : undefined,
    typeof currency === 'string' ? currency : undefined,
  ];
}

function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? (value as Record<string, unknown>)[name]
    : undefined;
}
