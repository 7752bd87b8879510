/**
 * Bidirectional controls, zero-width space, soft hyphen, word joiner, byte order mark, line and
 * paragraph separators, annotation marks, what is no character at all: they would alter the layout,
 * and nobody sees them. Zero-width joiners stay: Persian and emoji are spelt with them.
 */
const INVISIBLE =
  /[\u00ad\u061c\u180e\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff]/gu;
const CONTROL_OR_SPACE = /[\p{Cc}\s]+/gu;
/** Half of a surrogate pair is no character. */
const LONE_SURROGATE = /\p{Cs}/gu;

/** What somebody typed, as one line of visible text with single spaces. */
export function visibleText(text: string): string {
  return text
    .replace(LONE_SURROGATE, '\ufffd')
    .normalize('NFC')
    .replace(INVISIBLE, '')
    .replace(CONTROL_OR_SPACE, ' ')
    .trim();
}

const FIRST_STRONG_ISOLATE = '\u2068';
const POP_DIRECTIONAL_ISOLATE = '\u2069';

/** Such a text as it may stand among words of ours: its direction is its own affair. */
export function foreign(text: string): string {
  const visible = visibleText(text);
  return visible === '' ? '' : `${FIRST_STRONG_ISOLATE}${visible}${POP_DIRECTIONAL_ISOLATE}`;
}

export function withoutIsolates(text: string): string {
  return text.replace(/[\u2068\u2069]/gu, '');
}

/** The marks around a foreign text, which are never drawn. */
export function isIsolate(text: string): boolean {
  return text === FIRST_STRONG_ISOLATE || text === POP_DIRECTIONAL_ISOLATE;
}
