import { EU_COUNTRIES } from '../orders/country.js';
import { metaMatches } from '../orders/meta.js';
import type { Meta, OrderLine } from '../orders/order.js';
import type { VatTreatment } from './document.js';
import { samePercent } from './exact.js';
import type { VatRule } from './settings.js';

/** What is asked of the VAT mapping: one rate on one line, for one buyer. */
export interface VatQuestion {
  readonly percent: string;
  /** Whose tax it is; of delivery where no rate applied. May be empty. */
  readonly country: string;
  readonly vatNumber: string;
  readonly orderMeta: readonly Meta[];
  readonly line: Pick<OrderLine, 'kind' | 'taxClass' | 'sku' | 'name'>;
}

/** The first rule that matches; undefined where the owner has not said. */
export function findVatRule(
  question: VatQuestion,
  rules: readonly VatRule[],
  sellerCountry: string,
): VatRule | undefined {
  return rules.find(
    (rule) =>
      appliesTo(rule, question, sellerCountry) && samePercent(rule.percent, question.percent),
  );
}

/** Whether all but the percentage fits: for a rate whose percentage the shop does not know. */
export function appliesTo(rule: VatRule, question: VatQuestion, sellerCountry: string): boolean {
  const { line } = question;
  const buyer = question.vatNumber === '' ? 'consumer' : 'business';
  return (
    (rule.country === undefined ||
      rule.country.some((area) => isIn(area, question.country, sellerCountry))) &&
    (rule.buyer === undefined || rule.buyer === buyer) &&
    (rule.taxClass === undefined || rule.taxClass.includes(line.taxClass)) &&
    (rule.lines === undefined || rule.lines.includes(line.kind)) &&
    (rule.sku === undefined || rule.sku.includes(line.sku)) &&
    (rule.vatPrefix === undefined ||
      rule.vatPrefix.some((prefix) => question.vatNumber.startsWith(prefix))) &&
    (rule.meta === undefined || metaMatches(question.orderMeta, rule.meta))
  );
}

export function treatmentBy(rule: VatRule, percent: string, country: string): VatTreatment {
  const category = rule.category ?? (samePercent(percent, '0') ? 'Z' : 'S');
  return {
    code: rule.code,
    category,
    percent,
    country,
    ...(rule.reason === undefined ? {} : { reason: rule.reason }),
  };
}

/** `EU` is another member state than the seller's, since there its own rules apply. */
function isIn(area: string, country: string, sellerCountry: string): boolean {
  if (country === '') return false;
  if (area === 'EU') return EU_COUNTRIES.has(country) && country !== sellerCountry;
  if (area === 'non-EU') return !EU_COUNTRIES.has(country) && country !== sellerCountry;
  return area === country;
}

/** The YAML line that would cover a question, for messages. */
export function proposedRule(question: VatQuestion): string {
  const parts = [`percent: ${question.percent}`];
  if (question.country !== '') parts.push(`country: ${question.country}`);
  if (question.vatNumber !== '') parts.push('buyer: business');
  if (question.percent === '0') {
    if (question.line.kind !== 'product') parts.push(`lines: [${question.line.kind}]`);
    else if (question.line.taxClass !== '') parts.push(`taxClass: ${question.line.taxClass}`);
  }
  return `- { ${parts.join(', ')}, code: … }`;
}
