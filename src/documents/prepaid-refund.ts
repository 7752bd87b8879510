import type { Refund, RefundLine } from '../orders/order.js';
import type { Document, Settlement } from './document.js';
import { inUnits, roundedUnits } from './exact.js';
import { Unbookable } from './unbookable.js';

/** A refund as a credit of sales: what it gives back to a gift card is a payment, and no sale. */
export interface CreditedSale {
  /** Its lines of goods only, and its amount with what goes back to cards. */
  readonly refund: Refund;
  /** What goes back to cards and the like. */
  readonly prepaid: readonly Settlement[];
}

/**
 * Takes out the untaxed negative fees that stand on the invoice as payments: a refund of such an
 * order names them among its lines.
 */
export function withoutPrepaid(refund: Refund, invoice: Document): CreditedSale {
  const lines: RefundLine[] = [];
  const prepaid: Settlement[] = [];
  for (const line of refund.lines) {
    const settlement = feeSettlement(line, invoice);
    if (!settlement) lines.push(line);
    else {
      const amountMinor = -roundedUnits(inUnits(line.net, refund.minorUnits));
      prepaid.push({ ...settlement, amountMinor });
    }
  }
  const grossMinor = prepaid.reduce((sum, { amountMinor }) => sum + amountMinor, refund.grossMinor);
  return { refund: { ...refund, lines, grossMinor }, prepaid };
}

function feeSettlement(line: RefundLine, invoice: Document): Settlement | undefined {
  const isUntaxedDeduction =
    line.kind === 'fee' && line.net.startsWith('-') && line.taxes.length === 0;
  if (!isUntaxedDeduction) return undefined;
  return invoice.settlements.find(
    (settlement) => isPrepaid(settlement) && settlement.title === line.name,
  );
}

/** Goods came back for no money, and a card may have been filled again: only a person knows. */
export function requireNoHiddenPayment(refund: Refund, invoice: Document): void {
  const prepaid = invoice.settlements.find(isPrepaid);
  const isWorth = refund.lines.some(({ net, tax }) => Number(net) !== 0 || Number(tax) !== 0);
  if (!prepaid || !isWorth) return;
  throw new Unbookable(
    `Refund ${refund.id} returns goods for no money, and invoice ${invoice.number} was paid by ${WORDS[prepaid.kind]}: whether their worth went back there, the shop does not say.`,
    'If it did, credit it by hand.',
  );
}

/** What a reader must know where less was paid back than the lines cost. */
export function hiddenPaymentNote(invoice: Document): readonly string[] {
  const prepaid = invoice.settlements.find(isPrepaid);
  if (!prepaid) return [];
  return [
    `The invoice was partly paid by ${WORDS[prepaid.kind]}; what went back there is not in the shop's figures.`,
  ];
}

const WORDS: Readonly<Record<Settlement['kind'], string>> = {
  payment: 'the customer',
  receivable: 'the customer',
  'gift-card': 'gift card',
  'store-credit': 'store credit',
  deposit: 'deposit',
};

function isPrepaid({ kind }: Settlement): boolean {
  return kind !== 'payment' && kind !== 'receivable';
}
