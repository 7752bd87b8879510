import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { create, type Font, type FontCollection } from 'fontkit';
import { PdfTrouble } from './pdf-trouble.js';

/** Our two weights. */
export type Weight = 'regular' | 'strong';

/** The fonts in order of preference; the same index is the same script in both weights. */
export type FontSet = Readonly<Record<Weight, readonly Font[]>>;

const require = createRequire(import.meta.url);

/**
 * Noto Sans for Latin, Greek and Cyrillic, its companion for Hebrew, and IBM Plex for Arabic: Noto's
 * Arabic draws dots apart from their letters, which then cannot be told apart by those who search or
 * copy. All under the OFL.
 */
const OURS: Readonly<Record<Weight, readonly string[]>> = {
  regular: [
    require.resolve('@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf'),
    require.resolve('@expo-google-fonts/noto-sans-hebrew/400Regular/NotoSansHebrew_400Regular.ttf'),
    require.resolve(
      '@expo-google-fonts/ibm-plex-sans-arabic/400Regular/IBMPlexSansArabic_400Regular.ttf',
    ),
  ],
  strong: [
    require.resolve('@expo-google-fonts/noto-sans/600SemiBold/NotoSans_600SemiBold.ttf'),
    require.resolve(
      '@expo-google-fonts/noto-sans-hebrew/600SemiBold/NotoSansHebrew_600SemiBold.ttf',
    ),
    require.resolve(
      '@expo-google-fonts/ibm-plex-sans-arabic/600SemiBold/IBMPlexSansArabic_600SemiBold.ttf',
    ),
  ],
};

/** Reads our fonts and the owner's. Throws PdfTrouble on one of the owner's that cannot be used. */
export async function loadFonts(ownersPaths: readonly string[]): Promise<FontSet> {
  const owners = await Promise.all(ownersPaths.map(loadOwnersFont));
  const ours = async (weight: Weight) => Promise.all(OURS[weight].map(loadOwnFont));
  return {
    regular: [...(await ours('regular')), ...owners],
    strong: [...(await ours('strong')), ...owners],
  };
}

async function loadOwnFont(path: string): Promise<Font> {
  return fontIn(create(await readFile(path)));
}

async function loadOwnersFont(path: string): Promise<Font> {
  const content = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    throw new PdfTrouble(
      `The font ${path} cannot be read (${error.code ?? error.message}).`,
      'Correct its path under fonts: of the books, or see that it may be read.',
    );
  });
  const font = parsed(content);
  if (font && hasOutlines(font)) return font;
  throw new PdfTrouble(
    `${path} is not a font that a PDF can hold.`,
    'Name a TrueType or OpenType font with outlines (.ttf, .otf) under fonts: of the books; colour fonts have none.',
  );
}

function parsed(content: Uint8Array): Font | undefined {
  try {
    return fontIn(create(Buffer.from(content)));
  } catch {
    return undefined;
  }
}

/** A collection (.ttc) stands for its first font. */
function fontIn(fontOrCollection: Font | FontCollection): Font {
  if (!('fonts' in fontOrCollection)) return fontOrCollection;
  const [first] = fontOrCollection.fonts;
  if (!first) throw new RangeError('a collection without fonts');
  return first;
}

/** A font of bitmaps or colour layers has no outline even for its commonest character. */
function hasOutlines(font: Font): boolean {
  try {
    return font.characterSet.some((codePoint) => {
      return font.glyphForCodePoint(codePoint).path.commands.length > 0;
    });
  } catch {
    return false;
  }
}
