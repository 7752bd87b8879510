import { formatMinor } from '../../orders/money.js';

/** What a bank's app needs to fill in a transfer in euros. */
export interface Transfer {
  readonly name: string;
  /** Without spaces. */
  readonly iban: string;
  /** Empty where it is not known; within the EEA it is not needed. */
  readonly bic: string;
  /** In cents. */
  readonly amountMinor: number;
  /** Who it is for, as the receiver will read it. */
  readonly remittance: string;
}

const MIN_CENTS = 1;
const MAX_CENTS = 99_999_999_999;
const MAX_NAME = 70;
const MAX_REMITTANCE = 140;

/**
 * The text of an EPC QR code (EPC069-12, version 2 of the code, UTF-8): undefined for an amount
 * that it cannot say.
 */
export function epcPayload(transfer: Transfer): string | undefined {
  const { name, iban, bic, amountMinor, remittance } = transfer;
  if (amountMinor < MIN_CENTS || amountMinor > MAX_CENTS) return undefined;
  return [
    'BCD',
    '002',
    '1', // UTF-8
    'SCT',
    bic,
    cut(name, MAX_NAME),
    iban,
    `EUR${formatMinor(amountMinor, 2)}`,
    '', // purpose
    '', // structured reference
    cut(remittance, MAX_REMITTANCE),
  ].join('\n');
}

/** The code allows at most 331 bytes: four a character, as in an emoji, must not overrun them. */
function cut(text: string, maxLength: number): string {
  const characters = [...text];
  let kept = characters.slice(0, maxLength).join('');
  while (Buffer.byteLength(kept) > maxLength) kept = [...kept].slice(0, -1).join('');
  return kept;
}
