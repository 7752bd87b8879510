import type { Breach } from './breach.js';
import type { EInvoice, EParty } from './model.js';

/**
 * What a profile asks for beyond EN 16931 and the document does not have: one breach a field. Sources:
 * NLCIUS (BR-NL), XRechnung 3.0 (BR-DE), Peppol BIS Billing 3.0 with its rules for Dutch sellers.
 */
export function profileBreaches(invoice: EInvoice): readonly Breach[] {
  switch (invoice.profile) {
    case 'en16931':
      return [];
    case 'nlcius':
      return invoice.seller.country === 'NL' ? dutch(invoice, NLCIUS_RULES) : [];
    case 'xrechnung':
      return german(invoice);
    case 'peppol':
      return [
        ...endpoints(invoice),
        ...(invoice.seller.country === 'NL'
          ? [...dutch(invoice, PEPPOL_DUTCH_RULES), ...namesItsInvoice(invoice)]
          : []),
      ];
  }
}

/** The same demands have other numbers in the two profiles. */
interface DutchRules {
  readonly sellerRegistration: string;
  readonly sellerAddress: string;
  readonly buyerAddress: string;
  readonly buyerRegistration: string;
  readonly paymentCode: string;
}

const NLCIUS_RULES: DutchRules = {
  sellerRegistration: 'BR-NL-1',
  sellerAddress: 'BR-NL-3',
  buyerAddress: 'BR-NL-4',
  buyerRegistration: 'BR-NL-10',
  paymentCode: 'BR-NL-12',
};

const PEPPOL_DUTCH_RULES: DutchRules = {
  sellerRegistration: 'NL-R-003',
  sellerAddress: 'NL-R-002',
  buyerAddress: 'NL-R-004',
  buyerRegistration: 'NL-R-005',
  paymentCode: 'NL-R-008',
};

const DUTCH_REGISTERS: readonly string[] = ['0106', '0190'];

function dutch(invoice: EInvoice, rules: DutchRules): Breach[] {
  const { seller, buyer, payment } = invoice;
  const isBuyerDutch = buyer.country === 'NL';
  return [
    ...unless(isInDutchRegister(seller), {
      rule: rules.sellerRegistration,
      message: "the seller's KvK number is missing",
      fix: 'Fill in seller.registration.',
    }),
    ...missing(rules.sellerAddress, 'seller', {
      street: seller.street,
      city: seller.city,
      postcode: seller.postcode,
    }),
    ...(isBuyerDutch
      ? missing(rules.buyerAddress, 'buyer', {
          street: buyer.street,
          city: buyer.city,
          postcode: buyer.postcode,
        })
      : []),
    ...unless(!isBuyerDutch || isInDutchRegister(buyer), {
      rule: rules.buyerRegistration,
      message: "the buyer's KvK number is missing",
      fix: 'Name the meta key that holds it in documents.registrationKeys.',
    }),
    ...unless(payment === undefined || DUTCH_PAYMENTS.includes(payment.code), {
      rule: rules.paymentCode,
      message: 'what is open needs an account to be paid to',
      fix: 'Fill in seller.iban.',
    }),
  ];
}

/** A sale below zero is a credit note that corrects no invoice. */
function namesItsInvoice({ kind, precedingInvoice }: EInvoice): Breach[] {
  return unless(kind === 'invoice' || precedingInvoice !== undefined, {
    rule: 'NL-R-001',
    message: 'a credit note names the invoice that it corrects, and this one corrects none',
  });
}

/** UNTDID 4461: transfers, card, direct debits. */
const DUTCH_PAYMENTS: readonly string[] = ['30', '48', '49', '57', '58', '59'];

function isInDutchRegister({ registration }: EParty): boolean {
  return registration !== undefined && DUTCH_REGISTERS.includes(registration.scheme);
}

function german(invoice: EInvoice): Breach[] {
  const { seller, buyer, delivery, breakdown } = invoice;
  const contact = seller.contact;
  return [
    ...missing('BR-DE-3 and BR-DE-4', 'seller', { city: seller.city, postcode: seller.postcode }),
    ...missing('BR-DE-5 to BR-DE-7', 'seller', {
      contact: contact.name,
      phone: contact.phone,
      email: contact.email,
    }),
    ...missing('BR-DE-8 and BR-DE-9', 'buyer', { city: buyer.city, postcode: buyer.postcode }),
    ...(breakdown.some(({ category }) => category === 'K')
      ? missing('BR-DE-10 and BR-DE-11', 'delivery', {
          city: delivery.city,
          postcode: delivery.postcode,
        })
      : []),
    ...unless(!breakdown.some(({ category }) => category === 'O'), {
      rule: 'BR-DE-14',
      message: 'XRechnung asks for a VAT rate, and what is outside the scope of VAT has none',
    }),
    ...endpoints(invoice),
  ];
}

/** PEPPOL-EN16931-R010 and R020, which XRechnung has too. */
function endpoints({ seller, buyer }: EInvoice): Breach[] {
  return [
    ...unless(buyer.endpoint !== undefined, {
      rule: 'PEPPOL-EN16931-R010',
      message: "the buyer's electronic address is missing",
      fix: 'Name the meta key that holds it in documents.endpointKeys.',
    }),
    ...unless(seller.endpoint !== undefined, {
      rule: 'PEPPOL-EN16931-R020',
      message: "the seller's electronic address is missing",
      fix: 'Fill in seller.endpoint.',
    }),
  ];
}

function missing(
  rule: string,
  who: 'seller' | 'buyer' | 'delivery',
  fields: Readonly<Record<string, string>>,
): Breach[] {
  const names = Object.entries(fields).flatMap(([name, value]) => (value === '' ? [name] : []));
  if (names.length === 0) return [];
  return [
    {
      rule,
      message: `the ${who}'s ${names.join(', ')} ${names.length === 1 ? 'is' : 'are'} missing`,
      ...(who === 'seller'
        ? { fix: `Fill in ${names.map((name) => `seller.${name}`).join(', ')}.` }
        : {}),
    },
  ];
}

function unless(isMet: boolean, breach: Breach): Breach[] {
  return isMet ? [] : [breach];
}
