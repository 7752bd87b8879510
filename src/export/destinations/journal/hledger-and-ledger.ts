import { type Entry, TAGS } from './entry.js';
import type { Flavour } from './flavour.js';
import { postingLines } from './posting-lines.js';
import { numberText, payeeText, tagText } from './text.js';

/** Format of an amount with its decimals; the decimal mark stays where there are none (hledger). */
function sampleAmount(minorUnits: number, bareMark: string): string {
  return minorUnits === 0 ? `1000${bareMark}` : `1000.${'0'.repeat(minorUnits)}`;
}

/** Each document declares its own payee, so that nothing else grows with the customers. */
function entry({ date, number, payee, tags, postings }: Entry): string {
  const name = payeeText(payee);
  return [
    `payee ${name}`,
    '',
    `${date} * (${numberText(number)}) ${name}`,
    ...tags.map((tag) => `    ; ${tag.name}: ${tagText(tag.value)}`),
    ...postingLines(postings, ({ vatCode }) => (vatCode ? `  ; vat: ${tagText(vatCode)}` : '')),
    '',
  ].join('\n');
}

const shared = {
  preamble: '',
  include: (pattern: string) => `include ${pattern}\n`,
  account: (name: string) => `account ${name}\n`,
  tags: () => TAGS.map((tag) => `tag ${tag}\n`).join(''),
  entry,
};

export const hledger: Flavour = {
  ...shared,
  name: 'hledger',
  extension: 'journal',
  commodity: (currency, minorUnits) => `commodity ${sampleAmount(minorUnits, '.')} ${currency}\n`,
};

export const ledger: Flavour = {
  ...shared,
  name: 'ledger',
  extension: 'ledger',
  commodity: (currency, minorUnits) =>
    `commodity ${currency}\n    format ${sampleAmount(minorUnits, '')} ${currency}\n`,
};
