import type { ErrorCode } from 'yaml';
import type { Source } from './source.js';

export interface SyntaxFinding {
  /** Into the text. */
  readonly offset: number;
  readonly message: string;
  /** The tree can be trusted all the same. */
  readonly harmless: boolean;
}

/** What is wrong with the file as YAML, in words for someone who never heard of it. */
export function syntaxFindings({ document }: Source): SyntaxFinding[] {
  return [...document.errors, ...document.warnings].map(({ code, message, pos }) => ({
    offset: pos[0],
    message: WORDS[code] ?? message,
    harmless: code === 'DUPLICATE_KEY' || code === 'TAG_RESOLVE_FAILED',
  }));
}

const WORDS: Partial<Record<ErrorCode, string>> = {
  BAD_INDENT: 'this line begins too far to the left or right for where it belongs',
  BAD_SCALAR_START: 'a text that begins with this character must stand in quotes',
  BLOCK_AS_IMPLICIT_KEY: 'there are two keys on this line, or a text with ": " in it lacks quotes',
  BLOCK_IN_FLOW: 'inside { } and [ ] there can be no list with hyphens and no indented keys',
  DUPLICATE_KEY: 'this key stands twice in the same group; only one of them can count',
  MISSING_CHAR: 'a quote, bracket, colon or comma is missing here',
  MULTILINE_IMPLICIT_KEY: 'a colon is missing after this key',
  MULTIPLE_DOCS: 'a line of --- begins a second document; everything must stand in one',
  TAB_AS_INDENT: 'this line is indented with a tab; use spaces',
  TAG_RESOLVE_FAILED: 'a text that begins with ! must stand in quotes',
  UNEXPECTED_TOKEN: 'this does not belong here; is a quote or bracket before it never closed?',
};
