import type { Document, VatTreatment } from '../../documents/document.js';

interface Share {
  readonly vat: VatTreatment;
  readonly baseMinor: number;
  readonly taxMinor: number;
}

export interface DocumentTaxRow {
  readonly shop: string;
  readonly date: string;
  readonly document_key: string;
  readonly percent: string;
  readonly country: string;
  readonly code: string;
  readonly currency: string;
  readonly base_minor: number;
  readonly tax_minor: number;
}

/**
 * Net and tax of a document per percentage, country and code; negative on a credit note, so that
 * totals are sums. Net under no rate is in it with no tax. An explained rounding line belongs to no
 * rate and is left out.
 */
export function taxRowsOf(document: Document): readonly DocumentTaxRow[] {
  const sign = document.kind === 'invoice' ? 1 : -1;
  const rows = new Map<string, DocumentTaxRow>();
  for (const { vat, baseMinor, taxMinor } of sharesOf(document)) {
    const key = JSON.stringify([vat.percent, vat.country, vat.code]);
    const before = rows.get(key);
    rows.set(key, {
      shop: document.shop,
      date: document.date,
      document_key: document.key,
      percent: vat.percent,
      country: vat.country,
      code: vat.code,
      currency: document.currency,
      base_minor: (before?.base_minor ?? 0) + sign * baseMinor,
      tax_minor: (before?.tax_minor ?? 0) + sign * taxMinor,
    });
  }
  return [...rows.values()];
}

function sharesOf({ groups, taxes }: Document): readonly Share[] {
  const untaxed = groups
    .filter((group) => group.rateIds.length === 0)
    .flatMap(({ netMinor, vat }) =>
      vat.map((zero) => ({ vat: zero, baseMinor: netMinor, taxMinor: 0 })),
    );
  return [...taxes, ...untaxed];
}
