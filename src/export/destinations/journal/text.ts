import { plainText } from '../../plain-text.js';

/** ledger refuses lines of more than 4096 bytes; four bytes is the longest character. */
const MAX_TEXT_LENGTH = 900;
const MAX_PAYEE_LENGTH = 200;
const MAX_NUMBER_LENGTH = 60;

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
  return plainText(value, MAX_TEXT_LENGTH);
}

/** A string literal of beancount. */
export function quotedText(text: string): string {
  return `"${plainText(text, MAX_TEXT_LENGTH).replace(/[\\"]/g, '\\$&')}"`;
}
