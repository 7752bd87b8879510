import type { XmlElement } from 'libxml2-wasm';
import type { Finding } from '../finding.js';
import { breachAt, select, textAt } from './breach.js';

interface NumberScheme {
  readonly rule: string;
  readonly name: string;
  readonly isValid: (number: string) => boolean;
}

/**
 * Schemes of ISO 6523 whose numbers can be checked. Peppol has rules for some; those of the Dutch
 * schemes are our own, after what the Chamber of Commerce and Logius say about their numbers.
 */
const SCHEMES = new Map<string, NumberScheme>([
  ['0007', scheme('PEPPOL-COMMON-R049', 'a Swedish organisation', isLuhn10)],
  ['0088', scheme('PEPPOL-COMMON-R040', 'a GLN', isGln)],
  ['0106', scheme('ICD-0106', 'the Dutch Chamber of Commerce', (text) => /^\d{8}$/.test(text))],
  ['0184', scheme('PEPPOL-COMMON-R042', 'a Danish CVR', (text) => /^DK\d{8}$/.test(text))],
  ['0190', scheme('ICD-0190', 'a Dutch OIN', (text) => /^\d{20}$/.test(text))],
  ['0192', scheme('PEPPOL-COMMON-R041', 'a Norwegian organisation', isNorwegian)],
  ['0208', scheme('PEPPOL-COMMON-R043', 'a Belgian enterprise', isBelgian)],
]);

const NUMBERS =
  '//cbc:EndpointID | //cac:PartyIdentification/cbc:ID | //cac:PartyLegalEntity/cbc:CompanyID';

/** Numbers of parties that cannot be numbers of the scheme that they claim. */
export function findingsOfIdentifiers(root: XmlElement): Finding[] {
  return select(root, NUMBERS).flatMap((node) => {
    const known = SCHEMES.get(textAt(node, '@schemeID') ?? '');
    const number = node.content.trim();
    if (known === undefined || known.isValid(number)) return [];
    return [breachAt(node, known.rule, `${number} cannot be the number of ${known.name}`)];
  });
}

function scheme(rule: string, name: string, isValid: NumberScheme['isValid']): NumberScheme {
  return { rule, name, isValid };
}

/** 13 digits, the last of which is the check digit of GS1: weights 1 and 3 in turn, modulo 10. */
function isGln(text: string): boolean {
  return /^\d{13}$/.test(text) && weighted(text, [1, 3]) % 10 === 0;
}

/** 9 digits; weights 3 2 7 6 5 4 3 2 1, modulo 11. */
function isNorwegian(text: string): boolean {
  return /^\d{9}$/.test(text) && weighted(text, [3, 2, 7, 6, 5, 4, 3, 2, 1]) % 11 === 0;
}

/** 10 digits; the last two are 97 less the rest of the others by 97. */
function isBelgian(text: string): boolean {
  return /^\d{10}$/.test(text) && 97 - (Number(text.slice(0, 8)) % 97) === Number(text.slice(8));
}

/** 10 digits, by Luhn. */
function isLuhn10(text: string): boolean {
  const doubled = [...text].map((digit, at) => Number(digit) * (at % 2 === 0 ? 2 : 1));
  const sum = doubled.reduce((total, one) => total + (one > 9 ? one - 9 : one), 0);
  return /^\d{10}$/.test(text) && sum % 10 === 0;
}

/** The weights are used in turn. */
function weighted(digits: string, weights: readonly number[]): number {
  return [...digits].reduce(
    (sum, digit, at) => sum + Number(digit) * (weights[at % weights.length] ?? 0),
    0,
  );
}
