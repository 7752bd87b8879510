import type { NetGroup } from '../../documents/document.js';
import type { VatKey, VatRow } from './model.js';
import type { Words } from './words.js';

/**
 * Why there is no tax (BT-120), as the owner's mapping says or else in general words, and its code
 * (BT-121) where the category has one of its own. S and Z must have neither (BR-S-10, BR-Z-10).
 */
export function exemptionOf(
  { category }: VatKey,
  groups: readonly NetGroup[],
  words: Words,
): Pick<VatRow, 'reason' | 'reasonCode'> {
  if (category === 'S' || category === 'Z') return { reason: '', reasonCode: '' };
  const given = groups.flatMap(({ vat }) =>
    vat.map((each) => each.reason ?? inGeneral(each.category, words)),
  );
  const reasons = [...new Set(given)].filter((reason) => reason !== '');
  return {
    reason: reasons.join('; ') || inGeneral(category, words),
    reasonCode: CODES[category] ?? '',
  };
}

/** VATEX codes that stand for the whole category; an exemption (E) has many, which nobody told us. */
const CODES: Readonly<Partial<Record<VatKey['category'], string>>> = {
  AE: 'VATEX-EU-AE',
  K: 'VATEX-EU-IC',
  G: 'VATEX-EU-G',
  O: 'VATEX-EU-O',
};

function inGeneral(category: VatKey['category'], words: Words): string {
  switch (category) {
    case 'S':
    case 'Z':
      return '';
    case 'E':
      return words.exempt;
    case 'AE':
      return words.reverseCharge;
    case 'K':
      return words.intraCommunity;
    case 'G':
      return words.exportSale;
    case 'O':
      return words.outsideScope;
  }
}
