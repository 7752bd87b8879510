import Big from 'big.js';
import { formatMinor } from '../../orders/money.js';
import { type Breach, FAMILIES } from './breach.js';
import { keyText } from './breakdown.js';
import type { EInvoice, VatRow } from './model.js';
import { vatFindings } from './preflight-vat.js';

/**
 * The arithmetic of EN 16931-1 (6.4.2 to 6.4.4) and what it asks of the parties, before anything is
 * sent: BR-CO-10 to BR-CO-18, BR-DEC, and the rules of each VAT category. Pure.
 */
export function preflight(invoice: EInvoice): readonly Breach[] {
  return [
    ...partyFindings(invoice),
    ...decimalFindings(invoice),
    ...sumFindings(invoice),
    ...invoice.breakdown.flatMap((row) => rowFindings(row, invoice)),
    ...vatFindings(invoice),
    ...otherFindings(invoice),
  ];
}

function partyFindings({ seller, buyer }: EInvoice): Breach[] {
  const findings: Breach[] = [];
  if (seller.name === '') {
    findings.push({
      rule: 'BR-06',
      message: 'The seller has no name.',
      fix: 'Fill in seller.name.',
    });
  }
  if (buyer.country === '') {
    findings.push({
      rule: 'BR-11',
      message: 'The order names no country of the buyer, of delivery or of its tax.',
      fix: 'Fill in the country of the order in the shop before it is booked; send this one by hand.',
    });
  }
  if (seller.vatId === '' && seller.registration === undefined) {
    findings.push({
      rule: 'BR-CO-26',
      message: 'The seller has neither a VAT number that can be shown nor a registration.',
      fix: 'Fill in seller.registration (and seller.vatNumber).',
    });
  }
  for (const [who, vatId] of [
    ['seller', seller.vatId],
    ['buyer', buyer.vatId],
  ] as const) {
    if (vatId === '' || /^(?!XX)[A-Z]{2}/.test(vatId)) continue;
    findings.push({
      rule: 'BR-CO-09',
      message: `The VAT number of the ${who}, ${vatId}, does not begin with a country.`,
      ...(who === 'seller' ? { fix: 'Correct seller.vatNumber.' } : {}),
    });
  }
  return findings;
}

/** Amounts have two decimals at most, whatever their currency. */
function decimalFindings(invoice: EInvoice): Breach[] {
  if (invoice.minorUnits <= 2) return [];
  const unit = 10 ** (invoice.minorUnits - 2);
  const { totals } = invoice;
  const amounts: readonly [rule: string, minor: number][] = [
    ...invoice.lines.map(({ netMinor }) => ['BR-DEC-23', netMinor] as [string, number]),
    ...invoice.adjustments.map(
      ({ kind, amountMinor }) =>
        [kind === 'charge' ? 'BR-DEC-05' : 'BR-DEC-01', amountMinor] as [string, number],
    ),
    ...invoice.breakdown.flatMap(({ taxableMinor, taxMinor }): [string, number][] => [
      ['BR-DEC-19', taxableMinor],
      ['BR-DEC-20', taxMinor],
    ]),
    ['BR-DEC-09', totals.linesMinor],
    ['BR-DEC-12', totals.netMinor],
    ['BR-DEC-13', totals.taxMinor],
    ['BR-DEC-14', totals.grossMinor],
    ['BR-DEC-16', totals.paidMinor],
    ['BR-DEC-17', totals.roundingMinor],
    ['BR-DEC-18', totals.payableMinor],
  ];
  const first = amounts.find(([, minor]) => minor % unit !== 0);
  if (first === undefined) return [];
  const [rule, minor] = first;
  return [
    {
      rule,
      message: `${formatMinor(minor, invoice.minorUnits)} ${invoice.currency} has more than the two decimals that EN 16931 allows.`,
      fix: 'No UBL file can hold it: give these orders books with formats: [pdf].',
    },
  ];
}

/** BR-CO-10 to BR-CO-16. */
function sumFindings(invoice: EInvoice): Breach[] {
  const { totals, lines, adjustments, breakdown } = invoice;
  const adjusted = (kind: 'allowance' | 'charge') =>
    sumOf(adjustments.filter((each) => each.kind === kind).map(({ amountMinor }) => amountMinor));
  const checks: readonly [rule: string, what: string, is: number, shouldBe: number][] = [
    ['BR-CO-10', 'The lines', totals.linesMinor, sumOf(lines.map(({ netMinor }) => netMinor))],
    ['BR-CO-11', 'The allowances', totals.allowancesMinor, adjusted('allowance')],
    ['BR-CO-12', 'The charges', totals.chargesMinor, adjusted('charge')],
    [
      'BR-CO-13',
      'The total without VAT',
      totals.netMinor,
      totals.linesMinor - totals.allowancesMinor + totals.chargesMinor,
    ],
    ['BR-CO-14', 'The VAT', totals.taxMinor, sumOf(breakdown.map(({ taxMinor }) => taxMinor))],
    ['BR-CO-15', 'The total with VAT', totals.grossMinor, totals.netMinor + totals.taxMinor],
    [
      'BR-CO-16',
      'The amount due',
      totals.payableMinor,
      totals.grossMinor - totals.paidMinor + totals.roundingMinor,
    ],
  ];
  return checks.flatMap(([rule, what, is, shouldBe]) =>
    is === shouldBe
      ? []
      : [{ rule, message: `${what}: ${amount(is, invoice)} is not ${amount(shouldBe, invoice)}.` }],
  );
}

/**
 * The tax of a row must be its rate of its base, within one unit of the currency (BR-CO-17; BR-S-09
 * and its kin): WooCommerce rounds a line at a time. The base must be what carries the rate (BR-S-08).
 */
function rowFindings(row: VatRow, invoice: EInvoice): Breach[] {
  const findings: Breach[] = [];
  const family = FAMILIES[row.category];
  const units = 10 ** invoice.minorUnits;
  const exact = new Big(row.taxableMinor).abs().times(row.percent).div(100);
  const expected = exact.round(0, Big.roundHalfUp).toNumber();
  const off = Math.abs(Math.abs(row.taxMinor) - expected);
  if (row.category === 'S' ? off >= units : row.taxMinor !== 0) {
    findings.push({
      rule: row.category === 'S' ? 'BR-CO-17' : `${family}-09`,
      message: `The VAT of ${amount(row.taxMinor, invoice)} is not ${row.percent} % of ${amount(row.taxableMinor, invoice)}.`,
    });
  }
  const carried = carriedBy(row, invoice);
  if (carried !== row.taxableMinor) {
    findings.push({
      rule: `${family}-08`,
      message: `What carries ${keyText(row)} % makes ${amount(carried, invoice)}, not ${amount(row.taxableMinor, invoice)}.`,
    });
  }
  return findings;
}

function carriedBy(row: VatRow, { lines, adjustments }: EInvoice): number {
  const key = keyText(row);
  const isOwn = ({ vat }: { readonly vat: Pick<VatRow, 'category' | 'percent'> }) =>
    keyText(vat) === key;
  return (
    sumOf(lines.filter(isOwn).map(({ netMinor }) => netMinor)) +
    sumOf(
      adjustments
        .filter(isOwn)
        .map(({ kind, amountMinor }) => (kind === 'charge' ? amountMinor : -amountMinor)),
    )
  );
}

function otherFindings({ lines, breakdown, payment, number }: EInvoice): Breach[] {
  const findings: Breach[] = [];
  if (number === '') findings.push({ rule: 'BR-02', message: 'It has no number.' });
  if (lines.length === 0) findings.push({ rule: 'BR-16', message: 'It has no line.' });
  if (breakdown.length === 0) {
    findings.push({ rule: 'BR-CO-18', message: 'It has no VAT category.' });
  }
  const negative = lines.find(({ price }) => price.startsWith('-'));
  if (negative) {
    findings.push({ rule: 'BR-27', message: `The price of "${negative.name}" is negative.` });
  }
  if (payment !== undefined && TRANSFERS.includes(payment.code) && payment.account === undefined) {
    findings.push({
      rule: 'BR-61',
      message: 'A transfer needs an account.',
      fix: 'Fill in seller.iban.',
    });
  }
  return findings;
}

const TRANSFERS: readonly string[] = ['30', '58'];

function amount(minor: number, { minorUnits, currency }: EInvoice): string {
  return `${formatMinor(minor, minorUnits)} ${currency}`;
}

function sumOf(amounts: readonly number[]): number {
  return amounts.reduce((sum, each) => sum + each, 0);
}
