import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { numberText, payeeText, quotedText, tagText } from './text.js';

const anyText = fc.string({ unit: 'binary', maxLength: 2000 });

test('every text is one line of visible characters with single spaces', () => {
  fc.assert(
    fc.property(anyText, fc.constantFrom(payeeText, numberText, tagText), (text, written) => {
      const line = written(text);
      expect(line).not.toMatch(/[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]| {2}|^ | $/u);
      expect(Buffer.byteLength(line)).toBeLessThan(3700);
    }),
  );
});

describe('a payee', () => {
  test('keeps letters of every script, and joined emoji', () => {
    for (const name of ['李小龙', 'שלום עולם', 'Ærøskøbing', '👩‍👩‍👧']) {
      expect(payeeText(name)).toBe(name);
    }
  });

  test('has no character that ends it', () => {
    expect(payeeText('a; b | c')).toBe('a, b , c');
  });

  test('is never empty', () => {
    expect(payeeText(' \u202e\n ')).toBe('Unknown customer');
  });
});

test('a tag value has nothing that ends it, begins another tag or is read as a date', () => {
  expect(tagText('Moved: closed, see date:x [2026]')).toBe('Moved - closed; see date-x (2026)');
});

test('a string of beancount cannot be left', () => {
  expect(quotedText('a "b" \\')).toBe('"a \\"b\\" \\\\"');
});
