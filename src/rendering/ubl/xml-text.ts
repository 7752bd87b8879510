/** Bidirectional controls, zero-width space, byte order mark. */
const INVISIBLE = /[\u061c\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu;
/** What XML 1.0 cannot hold (production 2, Char), and half of a surrogate pair. */
const IMPOSSIBLE = /[\p{Cs}\ufffe\uffff]/gu;
const CONTROL_OR_SPACE = /[\p{Cc}\s]+/gu;

/** One line of visible text that XML can hold; escaping is the writer's. */
export function xmlText(text: string): string {
  return text
    .normalize('NFC')
    .replace(INVISIBLE, '')
    .replace(IMPOSSIBLE, '\ufffd')
    .replace(CONTROL_OR_SPACE, ' ')
    .trim();
}
