/**
 * Where the usual plugins keep the buyer's VAT number (recorded: orders `x-b2b-*` and others), with
 * and without the underscore, since shops keep both spellings.
 */
export const VAT_NUMBER_KEYS = [
  '_billing_vat_number',
  'billing_vat_number',
  '_vat_number',
  'vat_number',
  '_billing_vat',
  'billing_vat',
  '_billing_eu_vat_number',
  'billing_eu_vat_number',
  '_billing_wooccm11',
  'billing_wooccm11',
] as const;

/** The same for the number in the register of companies, the e-invoice address and the reference. */
export const REGISTRATION_KEYS = [
  '_billing_kvk',
  'billing_kvk',
  '_billing_coc',
  'kvk_number',
] as const;
export const ENDPOINT_KEYS = ['_billing_peppol_id', 'billing_peppol_id', '_peppol_id'] as const;
export const REFERENCE_KEYS = [
  '_billing_reference',
  'billing_reference',
  '_billing_po_number',
  'billing_po_number',
  '_po_number',
  '_billing_leitweg_id',
  'billing_leitweg_id',
] as const;

/**
 * Where invoice plugins keep the number that they gave (recorded: order-invoice-number-meta). A number
 * of a plugin is never taken unasked; `init` proposes it where it is seen.
 */
export const INVOICE_NUMBER_KEYS = ['_wcpdf_invoice_number', '_bewpi_invoice_number'] as const;

/**
 * How the usual plugins show a payment by other means (recorded: x-gift-card, x-gift-card-fee,
 * x-deposit-total-lowered). Of YITH's three gift card keys only the amounts by card are named, and of a
 * deposit's only the part still to be paid, so that nothing counts twice.
 */
export const PREPAYMENTS: readonly {
  readonly kind: 'gift-card' | 'store-credit' | 'deposit';
  readonly metaKeys?: string[];
  readonly feeName?: string;
}[] = [
  {
    kind: 'gift-card',
    metaKeys: ['_ywgc_applied_gift_cards'],
    feeName:
      'gift ?(card|voucher|certificate)|cadeau(bon|kaart)|geschenk(gutschein|karte)|(carte|ch[eè]que)[ -]cadeau',
  },
  { kind: 'store-credit', metaKeys: ['_store_credit_used'] },
  { kind: 'deposit', metaKeys: ['_wc_deposits_second_payment'] },
];
