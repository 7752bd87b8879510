import Big from 'big.js';
import type { XmlElement, XmlNode } from 'libxml2-wasm';
import type { Finding } from '../finding.js';
import { breachAt, select, textAt } from './breach.js';

/** A difference up to this is taken for rounding. */
const SLACK = '0.02';

const LINES = '/*/cac:InvoiceLine | /*/cac:CreditNoteLine';
/** Of the document and of its lines; those of a price have no percentage. */
const ALLOWANCES = `/*/cac:AllowanceCharge | /*/cac:InvoiceLine/cac:AllowanceCharge | /*/cac:CreditNoteLine/cac:AllowanceCharge`;

/** The rules about sums: R040 to R042 and R046 of allowances and charges, R120 of lines. */
export function findingsOfAmounts(root: XmlElement): Finding[] {
  return [
    ...select(root, ALLOWANCES).flatMap(ofAllowance),
    ...select(root, '//cac:Price').flatMap(ofPrice),
    ...select(root, LINES).flatMap(ofLine),
  ];
}

function ofAllowance(node: XmlNode): Finding[] {
  const base = amountAt(node, 'cbc:BaseAmount');
  const percentage = amountAt(node, 'cbc:MultiplierFactorNumeric');
  if (base === undefined) {
    return breach(percentage !== undefined, node, 'R041', 'A percentage has its base amount');
  }
  if (percentage === undefined)
    return breach(true, node, 'R042', 'A base amount has its percentage');
  const share = base.times(percentage).div(100);
  const amount = amountAt(node, 'cbc:Amount') ?? Big(0);
  return breach(
    amount.minus(share).abs().gt(SLACK),
    node,
    'R040',
    `The amount is the percentage of the base: ${share} and not ${amount}`,
  );
}

function ofPrice(node: XmlNode): Finding[] {
  const gross = amountAt(node, 'cac:AllowanceCharge/cbc:BaseAmount');
  if (gross === undefined) return [];
  const net = amountAt(node, 'cbc:PriceAmount') ?? Big(0);
  const wanted = gross.minus(amountAt(node, 'cac:AllowanceCharge/cbc:Amount') ?? 0);
  const message = `The price is the gross price less its discount: ${wanted} and not ${net}`;
  return breach(!net.eq(wanted), node, 'R046', message);
}

function ofLine(node: XmlNode): Finding[] {
  const quantity = amountAt(node, 'cbc:InvoicedQuantity | cbc:CreditedQuantity') ?? Big(1);
  const base = amountAt(node, 'cac:Price/cbc:BaseQuantity') ?? Big(1);
  const price = amountAt(node, 'cac:Price/cbc:PriceAmount') ?? Big(0);
  if (!base.gt(0)) return []; // R121 says so
  const wanted = quantity
    .times(price)
    .div(base)
    .plus(sumAt(node, 'cac:AllowanceCharge[cbc:ChargeIndicator = "true"]/cbc:Amount'))
    .minus(sumAt(node, 'cac:AllowanceCharge[cbc:ChargeIndicator = "false"]/cbc:Amount'));
  const net = amountAt(node, 'cbc:LineExtensionAmount') ?? Big(0);
  return breach(
    net.minus(wanted).abs().gt(SLACK),
    node,
    'R120',
    `The net amount is quantity x price / base quantity, with charges, less allowances: ${wanted} and not ${net}`,
  );
}

function breach(broken: boolean, node: XmlNode, id: string, message: string): Finding[] {
  return broken ? [breachAt(node, `PEPPOL-EN16931-${id}`, message)] : [];
}

function amountAt(from: XmlNode, path: string): Big | undefined {
  const text = textAt(from, path);
  return text === undefined ? undefined : Big(text);
}

function sumAt(from: XmlNode, path: string): Big {
  return select(from, path).reduce((sum, node) => sum.plus(node.content.trim()), Big(0));
}
