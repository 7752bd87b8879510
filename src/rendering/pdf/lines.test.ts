import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadFonts } from './fonts.js';
import { type Line, linesOf, type TextStyle } from './lines.js';
import { createShaper } from './shaper.js';

const shaper = createShaper(await loadFonts([]));
const STYLE: TextStyle = { size: 10 };
/** No column is narrower; the widest single character, a blessing in Arabic, has 76. */
const NARROWEST = 80;

const wrap = (text: string, width: number, style = STYLE) => linesOf(text, width, style, shaper);
const textOf = ({ runs }: Line) => runs.map(({ text }) => text).join('');
const wrapped = (text: string, width: number, style = STYLE) =>
  wrap(text, width, style).map(textOf);

describe('linesOf', () => {
  it('breaks at spaces, which do not stand at the end of a line', () => {
    expect(wrapped('een twee drie', 50)).toEqual(['een twee', 'drie']);
    expect(wrapped('', 50)).toEqual([]);
  });

  it('breaks after a hyphen and a slash, and not at a space that forbids it', () => {
    expect(wrapped('handels-maatschappij', 70)).toEqual(['handels-', 'maatschappij']);
    expect(wrapped('een/twee', 30)).toEqual(['een/', 'twee']);
    expect(wrapped('is €\u00a012,00', 40)).toEqual(['is', '€\u00a012,00']);
  });

  it('breaks a word that is longer than a line, and no character of it', () => {
    const letter = 'x\u0323\u0302'; // one to the eye, three to a computer
    const lines = wrapped(letter.repeat(20), 30);
    expect(lines.length).toBeGreaterThan(3);
    expect(lines.join('')).toBe(letter.repeat(20));
    for (const line of lines) expect(line.replaceAll(letter, '')).toBe('');
  });

  it('ends in an ellipsis where there are too many lines', () => {
    const lines = wrapped('een twee drie vier vijf zes', 50, { ...STYLE, maxLines: 2 });
    expect(lines).toHaveLength(2);
    expect(lines[1]).toMatch(/^drie.*…$/);
  });

  it('loses nothing, and nothing is wider than it may be', () => {
    const word = fc.oneof(
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }),
      fc.constantFrom('Wolkenkratzer', 'שלום', 'مرحبا', '李小龙', '😀', 'AVATAR', '(2026)'),
    );
    fc.assert(
      fc.property(
        fc.array(word, { maxLength: 12 }),
        fc.integer({ min: NARROWEST, max: 300 }),
        (words, width) => {
          const text = words.join(' ').replace(/\s+/g, ' ').trim();
          const lines = wrap(text, width);
          for (const line of lines) expect(line.width).toBeLessThanOrEqual(width + 0.01);
          const drawn = lines.flatMap(({ runs }) => runs.map((run) => run.text)).join('');
          const letters = shaper.clustersOf(text).filter((cluster) => cluster.text.trim() !== '');
          expect([...drawn.replace(/\s/g, '')].length).toBe(
            [
              ...letters
                .map((cluster) => cluster.text)
                .join('')
                .replace(/\s/g, ''),
            ].length,
          );
        },
      ),
    );
  });
});
