import type { Entry } from './entry.js';
import type { Flavour } from './flavour.js';
import { postingLines } from './posting-lines.js';
import { payeeText, quotedText } from './text.js';

/** Accounts and currencies exist from before every order. */
const FIRST_DAY = '1970-01-01';

/** Balances hold exactly: no tolerance is inferred, and none is the default. */
const PREAMBLE = `option "inferred_tolerance_default" "*:0"
option "inferred_tolerance_multiplier" "0"
plugin "beancount.plugins.noduplicates"
`;

function entry({ date, payee, narration, link, tags, postings }: Entry): string {
  return [
    `${date} * ${quotedText(payeeText(payee))} ${quotedText(narration)} ^${link.replace(/[^\w./-]/g, '-')}`,
    ...tags.map((tag) => `    ${tag.name}: ${quotedText(tag.value)}`),
    ...postingLines(postings, ({ vatCode }) =>
      vatCode ? `\n        vat: ${quotedText(vatCode)}` : '',
    ),
    '',
  ].join('\n');
}

export const beancount: Flavour = {
  name: 'beancount',
  extension: 'beancount',
  preamble: PREAMBLE,
  include: (pattern) => `include "${pattern}"\n`,
  account: (name) => `${FIRST_DAY} open ${name}\n`,
  commodity: (currency) => `${FIRST_DAY} commodity ${currency}\n`,
  tags: () => '',
  entry,
};
