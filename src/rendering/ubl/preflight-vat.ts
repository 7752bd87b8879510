import { type Breach, FAMILIES } from './breach.js';
import type { EInvoice, VatRow } from './model.js';

/** What EN 16931 asks of the parties and the rate where a VAT category is used. */
export function vatFindings(invoice: EInvoice): Breach[] {
  const categories = [...new Set(invoice.breakdown.map(({ category }) => category))];
  return [
    ...categories.flatMap((category) => partyFindings(category, invoice)),
    ...invoice.breakdown.flatMap(rateFindings),
  ];
}

function partyFindings(category: VatRow['category'], invoice: EInvoice): Breach[] {
  const { seller, buyer, delivery } = invoice;
  const family = FAMILIES[category];
  const findings: Breach[] = [];
  if (category === 'O') {
    const isMixed = invoice.breakdown.length > 1;
    return isMixed
      ? [{ rule: 'BR-O-11', message: 'What is outside the scope of VAT is mixed.' }]
      : [];
  }
  if (seller.vatId === '') {
    findings.push({
      rule: `${family}-02`,
      message: `VAT category ${category} asks for the seller's VAT number.`,
      fix: 'Fill in seller.vatNumber.',
    });
  }
  const isOfBusiness = category === 'AE' || category === 'K';
  const isKnown = buyer.vatId !== '' || (category === 'AE' && buyer.registration !== undefined);
  if (isOfBusiness && !isKnown) {
    findings.push({
      rule: `${family}-02`,
      message: `VAT category ${category} asks for the buyer's VAT number, which the order does not have.`,
      fix: 'Name the meta key that holds it in documents.vatNumberKeys, or correct the rule under vat: that chose this category (buyer: business).',
    });
  }
  if (category === 'K' && delivery.country === '') {
    findings.push({
      rule: 'BR-IC-12',
      message: 'An intra-Community supply asks for the country that it went to.',
      fix: 'Fill in the country of delivery in the shop before the order is booked.',
    });
  }
  return findings;
}

/** BR-S-05, BR-Z-05 and their kin. */
function rateFindings({ category, percent }: VatRow): Breach[] {
  const isZero = Number(percent) === 0;
  if (isZero === (category !== 'S')) return [];
  const rule = `${FAMILIES[category]}-05`;
  return [
    {
      rule,
      message: `VAT category ${category} does not go with a rate of ${percent} %.`,
      fix: 'Correct the category of this rate under vat: in the config.',
    },
  ];
}
