import { describe, expect, it } from 'vitest';
import { foreign, visibleText, withoutIsolates } from './visible-text.js';

describe('visibleText', () => {
  it('takes out what alters the layout and is not seen', () => {
    expect(visibleText('\u202eevil\u202c \u200bname\u2066\u00ad')).toBe('evil name');
    expect(visibleText('line\nbreak\r\n\ttab\u0000\u001b[2J')).toBe('line break tab [2J');
    expect(visibleText('  two   spaces\u00a0\u2003 ')).toBe('two spaces');
  });

  it('keeps the joiners that Persian and emoji are spelt with', () => {
    expect(visibleText('می\u200cخواهم')).toBe('می\u200cخواهم');
    expect(visibleText('👩\u200d👧')).toBe('👩\u200d👧');
  });

  it('composes letters with their marks, and replaces what is no character', () => {
    expect(visibleText('e\u0301')).toBe('é');
    expect(visibleText('a\ud83d')).toBe('a\ufffd');
  });
});

describe('foreign', () => {
  it('keeps what is not seen empty, so that it can be left out', () => {
    expect(foreign(' \u200e\n')).toBe('');
  });

  it('isolates a text, and no text can break out of that', () => {
    expect(foreign('\u2069a\u2068')).toBe('\u2068a\u2069');
    expect(withoutIsolates(foreign('a'))).toBe('a');
  });
});
