import { describe, expect, it } from 'vitest';
import { foreign } from '../visible-text.js';
import { loadFonts } from './fonts.js';
import { createShaper, inVisualOrder } from './shaper.js';

const shaper = createShaper(await loadFonts([]));
const [LATIN, HEBREW, ARABIC] = [0, 1, 2];

/** The runs of a text from left to right, each as text, font, and direction. */
function drawn(text: string) {
  return inVisualOrder(shaper.runsOf(shaper.clustersOf(text), 'regular')).map(
    ({ text, font, level }) => [text, font, level % 2 === 0 ? 'ltr' : 'rtl'],
  );
}

describe('the fonts', () => {
  it.each([
    'Đặng Thị Ánh Nguyệt, Łódź, Ðuro Šimić, Þórsdóttir, ĳsvogel, Ţara',
    'Παπαδόπουλος, ἄνθρωπος',
    'Щорсъ, Їжакевич, Ђоковић, Қазақстан',
    'שָׁלוֹם, בע״מ, ₪',
    'مرحبا، پژوهش، ٹماٹر، ئۇيغۇر ١٢٣ ۱۲۳',
    '€ £ ¥ ₺ zł ₴ “quotes” ‘single’ „low” – — … • ½ ² ™ ® © № − \u00a0 \u202f \u2007 \u2008',
  ])('have %s, in both weights', (text) => {
    expect(shaper.missingIn(text)).toEqual([]);
    for (const fonts of Object.values(shaper.fonts)) {
      const lacking = [...text].filter(
        (one) => !fonts.some((font) => font.hasGlyphForCodePoint(one.codePointAt(0) ?? 0)),
      );
      expect(lacking).toEqual([]);
    }
  });

  it('lack ideographs and emoji, which are told, and drawn as one sign a character', () => {
    expect(shaper.missingIn('李小龙 x 👩‍👩‍👧')).toEqual(['李', '小', '龙', '👩‍👩‍👧']);
    expect(drawn('李 👩‍👩‍👧')).toEqual([['\ufffd \ufffd', LATIN, 'ltr']]);
  });
});

describe('direction', () => {
  it('a text from right to left is one run, whose font turns it round', () => {
    expect(drawn('שלום עולם')).toEqual([['שלום עולם', HEBREW, 'rtl']]);
    expect(drawn('مرحبا بالعالم')).toEqual([['مرحبا بالعالم', ARABIC, 'rtl']]);
  });

  it('numbers within it go from left to right, and brackets are mirrored', () => {
    expect(drawn(foreign('רחוב 12 (דירה)'))).toEqual([
      ['(', LATIN, 'rtl'],
      ['דירה', HEBREW, 'rtl'],
      [' )', LATIN, 'rtl'],
      ['12', LATIN, 'ltr'],
      ['רחוב ', HEBREW, 'rtl'],
    ]);
    expect(drawn('سنة ۱۲۳')).toEqual([
      ['۱۲۳', ARABIC, 'ltr'],
      ['سنة ', ARABIC, 'rtl'],
    ]);
  });

  it('a foreign text does not turn round the words about it', () => {
    expect(drawn(`Factuur ${foreign('שלום 7')} van 12`)).toEqual([
      ['Factuur ', LATIN, 'ltr'],
      ['7', LATIN, 'ltr'],
      ['שלום ', HEBREW, 'rtl'],
      [' van 12', LATIN, 'ltr'],
    ]);
  });

  it('a script whose letters change with their neighbours is shaped by itself', () => {
    expect(drawn('Hindi हिन्दी 12')).toEqual([
      ['Hindi ', LATIN, 'ltr'],
      ['हिन्दी 12', LATIN, 'ltr'],
    ]);
  });

  it('Arabic letters join', () => {
    const width = (text: string) =>
      shaper.runsOf(shaper.clustersOf(text), 'regular').reduce((sum, run) => sum + run.width, 0);
    expect(width('ععع')).not.toBeCloseTo(3 * width('ع'), 2);
  });
});

describe('inVisualOrder', () => {
  it('reverses each stretch of a level from the highest down (UAX 9, L2)', () => {
    const runs = [0, 1, 2, 1, 0, 2].map((level, index) => ({ level, index }));
    expect(inVisualOrder(runs).map(({ index }) => index)).toEqual([0, 3, 2, 1, 4, 5]);
  });
});
