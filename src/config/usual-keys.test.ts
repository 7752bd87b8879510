import { expect, test } from 'vitest';
import { recordedOrder, recordingNames } from '../../tests/support/recordings.js';
import { VAT_RULES } from '../../tests/support/settings.js';
import { draftInvoice } from '../documents/invoice.js';
import type { DocumentSettings } from '../documents/settings.js';
import { normaliseOrder } from '../woocommerce/normalise-order.js';
import { orderSchema } from '../woocommerce/schemas.js';
import { configOf, load, ownerFile } from './testing/owner-file.js';

const settings: DocumentSettings = { ...configOf(load(ownerFile())).documents, vat: VAT_RULES };

function invoiceOf(name: string) {
  const order = normaliseOrder('main', orderSchema.parse(recordedOrder(name)));
  const drafted = draftInvoice(order, settings);
  if (drafted.kind !== 'draft') throw new Error(`${name}: ${drafted.kind}: ${drafted.reason}`);
  return drafted.draft;
}

const businesses = recordingNames('rest').filter((name) => name.startsWith('order-x-b2b-'));

test('business orders are recorded', () => {
  expect(businesses.length).toBeGreaterThan(4);
});

test.each(businesses)("%s: the buyer's VAT number is found by the usual keys", (name) => {
  expect(invoiceOf(name).buyer.vatNumber).toMatch(/^[A-Z]{2}/);
});

test.each([
  ['order-x-gift-card', 'gift-card', 2000, 4940],
  ['order-x-gift-card-covers-all', 'gift-card', 1998, 1998],
  ['order-x-gift-card-fee', 'gift-card', 1500, 6935],
  ['order-x-deposit-total-lowered', 'deposit', 101_880, 127_350],
])('%s: the whole sale is booked, and %s is one payment of it', (name, kind, paid, grossMinor) => {
  const { settlements, ...invoice } = invoiceOf(name);
  expect(invoice.grossMinor).toBe(grossMinor);
  expect(settlements.filter((settlement) => settlement.kind !== 'payment')).toMatchObject([
    { kind, amountMinor: paid },
  ]);
});

test('the balance of a deposit is a payment, and no second sale', () => {
  const { netMinor, taxMinor } = invoiceOf('order-x-deposit-total-balance');
  expect({ netMinor, taxMinor }).toEqual({ netMinor: 0, taxMinor: 0 });
});
