import type { Document } from '../../documents/document.js';
import type { RenderSettings } from '../settings.js';
import { type Attachment, attach, bytesOf, createArchive } from './archive.js';
import { type Canvas, createCanvas } from './canvas.js';
import { drawClosing, layOutClosing } from './closing.js';
import { type Content, contentOf, textsIn } from './content.js';
import { createFlow } from './flow.js';
import { type FontSet, loadFonts } from './fonts.js';
import { drawLetterhead } from './letterhead.js';
import { linesOf } from './lines.js';
import { loadLogo } from './logo.js';
import { createShaper } from './shaper.js';
import { COLOUR, CONTENT_WIDTH, PAGE, RIGHT_EDGE, SIZE } from './style.js';
import { drawTable } from './table.js';
import { type Words, wordsOf } from './words/words.js';

export type PdfSettings = Pick<
  RenderSettings,
  'seller' | 'language' | 'logo' | 'fonts' | 'timezone'
>;

export interface PdfWriter {
  /** Deterministic: the same document and attachment give the same bytes. */
  (document: Document, attachment?: Attachment): Promise<Uint8Array>;
  /** The characters of a document that no font has, each once: the PDF shows `\ufffd` for them. */
  unsupportedIn(document: Document): Promise<readonly string[]>;
}

interface Assets {
  readonly fonts: FontSet;
  readonly logo: Buffer | undefined;
}

/**
 * Writes documents as PDF/A-3b. Fonts and logo are read at the first document; where they cannot be
 * used, it and each later one rejects with PdfTrouble until they can.
 */
export function createPdfWriter(settings: PdfSettings): PdfWriter {
  let assets: Promise<Assets> | undefined;
  const load = () => {
    assets ??= loadAssets(settings).catch((error: unknown) => {
      assets = undefined;
      throw error;
    });
    return assets;
  };
  return Object.assign(
    async (document: Document, attachment?: Attachment) =>
      write(document, attachment, settings, await load()),
    {
      unsupportedIn: async (document: Document) => {
        const { missingIn } = createShaper((await load()).fonts);
        // All that is said of the payment stands elsewhere too, or is no text but a code.
        const texts = textsIn({ ...contentOf(document, settings), payment: {} });
        return [...new Set(texts.flatMap(missingIn))];
      },
    },
  );
}

async function loadAssets({ fonts, logo }: PdfSettings): Promise<Assets> {
  return {
    fonts: await loadFonts(fonts),
    logo: logo === undefined ? undefined : await loadLogo(logo),
  };
}

async function write(
  document: Document,
  attachment: Attachment | undefined,
  settings: PdfSettings,
  { fonts, logo }: Assets,
): Promise<Uint8Array> {
  const { seller, language } = settings;
  const content = contentOf(document, settings);
  const description = {
    title: content.title,
    author: seller.company || seller.name,
    language,
    key: document.key,
    date: document.date,
  };
  const pdf = createArchive(description);
  const canvas = createCanvas(pdf, createShaper(fonts));
  drawPages(canvas, content, logo, wordsOf(language));
  if (attachment) attach(pdf, attachment, description);
  return bytesOf(pdf);
}

function drawPages(canvas: Canvas, content: Content, logo: Buffer | undefined, words: Words): void {
  const flow = createFlow(canvas, `${content.title} · ${content.seller.name}`);
  const closing = layOutClosing(content, canvas.shaper);
  drawLetterhead(flow, content, logo);
  drawTable(flow, content, closing.height);
  drawClosing(flow, content, closing);
  canvas.eachPage((page, count) => {
    if (count === 1) return;
    const style = { size: SIZE.small };
    const [line] = linesOf(words.page(page, count), CONTENT_WIDTH, style, canvas.shaper);
    if (line) canvas.line(line, RIGHT_EDGE, PAGE.height - 42, COLOUR.quiet, 'right');
  });
}
