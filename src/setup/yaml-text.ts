/*
 * Text of strangers (a shop's name, a status, a rate) on its way into the owner's file: it must stay
 * what it is, in one line, and be no YAML, no comment and no reference to the environment.
 */

/**
 * In one line, without what a terminal or an editor would obey, and without the private characters
 * that the reader of the file uses itself.
 */
export function oneLine(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/[\p{Co}\p{Cs}\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu, '')
    .replace(/ +/g, ' ')
    .trim();
}

/** A comment, shortened where it is long. */
export function commentText(text: string, most = 240): string {
  const line = oneLine(text);
  return line.length <= most ? line : `${[...line].slice(0, most - 1).join('')}…`;
}

/** What needs no quotes wherever it stands, also in `{ … }`. */
const PLAIN = /^[\p{L}_./][\p{L}\p{N}_./@+-]*( [\p{L}\p{N}_./@+-]+)*$/u;
/** An address, whose colon is followed by no blank. */
const ADDRESS = /^https?:\/\/[\w.:/~@-]*[\w/]$/;
const RESERVED = /^(true|false|null|yes|no|on|off|y|n|~)$/i;

/** Text as a value; an empty one too. */
export function scalar(text: string): string {
  const line = oneLine(text).replaceAll('${', () => '$${');
  const isPlain = (PLAIN.test(line) && !RESERVED.test(line)) || ADDRESS.test(line);
  return isPlain ? line : JSON.stringify(line);
}
