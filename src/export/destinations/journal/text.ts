/** Bidirectional controls, zero-width space, byte order mark, line and paragraph separators. */
const INVISIBLE = /[\u061c\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/gu;
const CONTROL_OR_SPACE = /[\p{Cc}\s]+/gu;
/** Half of a surrogate pair has no UTF-8 form. */
const LONE_SURROGATE = /\p{Cs}/gu;

/** ledger refuses lines of more than 4096 bytes; four bytes is the longest character. */
const MAX_TEXT_LENGTH = 900;
const MAX_PAYEE_LENGTH = 200;
const MAX_NUMBER_LENGTH = 60;

/** One line of visible text with single spaces, cut to `maxLength` characters. */
function plainText(text: string, maxLength: number = MAX_TEXT_LENGTH): string {
  const line = text
    .normalize('NFC')
    .replace(INVISIBLE, '')
    .replace(LONE_SURROGATE, '?')
    .replace(CONTROL_OR_SPACE, ' ')
    .trim();
  const characters = Array.from(line);
  return characters.length <= maxLength ? line : characters.slice(0, maxLength).join('').trimEnd();
}

/** A payee: `;` would begin a comment, and hledger reads what follows `|` as a note. */
export function payeeText(text: string): string {
  return plainText(text.replace(/[;|]/g, ','), MAX_PAYEE_LENGTH) || 'Unknown customer';
}

/** What stands between the parentheses before the payee. */
export function numberText(text: string): string {
  return plainText(text.replace(/[()[\]{};|]/g, '-'), MAX_NUMBER_LENGTH);
}

/**
 * The value of a tag in a comment, for hledger and ledger: a comma would end it, `word:` would
 * begin another tag (hledger reads `date:` as a date), and ledger reads `[2026]` as a date.
 */
export function tagText(text: string): string {
  const value = text
    .replace(/,/g, ';')
    .replace(/\s*:\s+/g, ' - ')
    .replace(/:/g, '-')
    .replace(/\[/g, '(')
    .replace(/\]/g, ')');
  return plainText(value);
}

/** A string literal of beancount. */
export function quotedText(text: string): string {
  return `"${plainText(text).replace(/[\\"]/g, '\\$&')}"`;
}
