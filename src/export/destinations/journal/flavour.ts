import { minorUnitsOf } from '../../../orders/money.js';
import { beancount } from './beancount.js';
import type { Entry } from './entry.js';
import { hledger, ledger } from './hledger-and-ledger.js';
import type { JournalFlavour } from './settings.js';

/** How one program wants things written. Texts end with a newline. */
export interface Flavour {
  readonly name: JournalFlavour;
  /** Without the dot. */
  readonly extension: string;
  /** What stands at the top of the main file, before its includes. */
  readonly preamble: string;
  /** All files that match a path relative to the including file. */
  include(pattern: string): string;
  account(name: string): string;
  commodity(currency: string, minorUnits: number): string;
  /** Declares the tags that entries carry; empty where the program wants no such thing. */
  tags(): string;
  entry(entry: Entry): string;
}

const FLAVOURS: Readonly<Record<JournalFlavour, Flavour>> = { hledger, ledger, beancount };

export function flavourOf(name: JournalFlavour): Flavour {
  return FLAVOURS[name];
}

export function commodityDeclaration(flavour: Flavour, currency: string): string {
  return flavour.commodity(currency, minorUnitsOf(currency));
}
