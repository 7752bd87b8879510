import Big from 'big.js';
import { formatMinor } from '../orders/money.js';
import type { Address, Order, OrderLine } from '../orders/order.js';

/** One field that the shop changed after the order was booked. */
export interface Change {
  readonly field: string;
  readonly booked: string;
  readonly now: string;
}

/**
 * Field by field, what a document would show differently: money, lines, addresses, payment. Status,
 * dates and other plugins' data are an order's ordinary life and are no change. Pure.
 */
export function changesBetween(booked: Order, now: Order): Change[] {
  const before = view(booked);
  const after = view(now);
  const fields = new Set([...before.keys(), ...after.keys()]);
  return [...fields].flatMap((field) => {
    const was = before.get(field) ?? '';
    const is = after.get(field) ?? '';
    return was === is ? [] : [{ field, booked: was, now: is }];
  });
}

function view(order: Order): Map<string, string> {
  const fields = new Map<string, string>([
    ['number', order.number],
    ['currency', order.currency],
    ['total', formatMinor(order.grossMinor, order.minorUnits)],
    ['tax', formatMinor(order.taxMinor, order.minorUnits)],
    ['payment method', order.paymentMethod],
  ]);
  for (const tax of order.taxLines) {
    fields.set(
      `tax ${tax.rateId} (${tax.label})`,
      `${formatMinor(tax.taxMinor, order.minorUnits)}${tax.percent === null ? '' : ` at ${plain(tax.percent)} %`}`,
    );
  }
  for (const line of order.lines) fields.set(`line ${line.id}`, lineText(line));
  addAddress(fields, 'billing', order.billing);
  addAddress(fields, 'delivery', order.shipping);
  return fields;
}

function lineText(line: OrderLine): string {
  const quantity = line.kind === 'product' ? `${plain(line.quantity)} x ` : '';
  return `${quantity}${line.name}: ${plain(line.net)} + ${plain(line.tax)} tax`;
}

function addAddress(fields: Map<string, string>, name: string, address: Address): void {
  for (const [part, text] of Object.entries(address)) {
    if (part !== 'phone') fields.set(`${name} ${part}`, String(text));
  }
}

function plain(amount: string): string {
  return new Big(amount).toFixed();
}
