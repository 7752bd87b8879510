/** Bidirectional controls, zero-width space, byte order mark, line and paragraph separators. */
const INVISIBLE = /[\u061c\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/gu;
const CONTROL_OR_SPACE = /[\p{Cc}\s]+/gu;
/** Half of a surrogate pair has no UTF-8 form. */
const LONE_SURROGATE = /\p{Cs}/gu;

/** One line of visible text with single spaces, cut to `maxLength` characters. */
export function plainText(text: string, maxLength: number): string {
  const line = text
    .normalize('NFC')
    .replace(INVISIBLE, '')
    .replace(LONE_SURROGATE, '?')
    .replace(CONTROL_OR_SPACE, ' ')
    .trim();
  const characters = Array.from(line);
  return characters.length <= maxLength ? line : characters.slice(0, maxLength).join('').trimEnd();
}
