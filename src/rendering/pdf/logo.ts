import { readFile } from 'node:fs/promises';
import { PNG } from 'pngjs';
import { PdfTrouble } from './pdf-trouble.js';

/** More than a letterhead needs; what is larger would be carried by each document. */
const MAX_BYTES = 2_000_000;
/** Enough for the sharpest printer at the size at which a logo is drawn. */
const MAX_PIXELS_ACROSS = 1000;

const FIX = 'Name a PNG or JPEG in RGB or grey of at most 2 MB under logo: of the books.';

/**
 * Reads the logo as it is embedded: a JPEG as it is, a PNG on white and not larger than it is
 * drawn. Throws PdfTrouble where it cannot be used.
 */
export async function loadLogo(path: string): Promise<Buffer> {
  const content = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    throw new PdfTrouble(
      `The logo ${path} cannot be read (${error.code ?? error.message}).`,
      'Correct its path under logo: of the books, or see that it may be read.',
    );
  });
  if (content.length > MAX_BYTES) {
    throw new PdfTrouble(`The logo ${path} is larger than 2 MB.`, FIX);
  }
  if (content.subarray(1, 4).toString('latin1') === 'PNG') return embeddablePng(content, path);
  requireJpeg(content, path);
  return content;
}

/** pdfkit would decode transparency anew for each document, and know no thrown error for it. */
function embeddablePng(content: Buffer, path: string): Buffer {
  try {
    const image = smaller(onWhite(PNG.sync.read(content)));
    return PNG.sync.write(image, { colorType: 2, inputHasAlpha: true });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new PdfTrouble(`The logo ${path} is a damaged PNG (${why}).`, FIX);
  }
}

function onWhite(image: PNG): PNG {
  const { data } = image;
  for (let at = 0; at < data.length; at += 4) {
    const alpha = (data[at + 3] ?? 255) / 255;
    for (let channel = at; channel < at + 3; channel += 1) {
      data[channel] = Math.round((data[channel] ?? 0) * alpha + 255 * (1 - alpha));
    }
    data[at + 3] = 255;
  }
  return image;
}

/** Each pixel of the result is the mean of a square of the image. */
function smaller(image: PNG): PNG {
  const factor = Math.ceil(Math.max(image.width, image.height) / MAX_PIXELS_ACROSS);
  if (factor <= 1) return image;
  const width = Math.max(1, Math.floor(image.width / factor));
  const height = Math.max(1, Math.floor(image.height / factor));
  const result = new PNG({ width, height });
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      for (let channel = 0; channel < 4; channel += 1) {
        result.data[(y * width + x) * 4 + channel] = meanOf(image, x, y, factor, channel);
      }
    }
  }
  return result;
}

function meanOf(image: PNG, x: number, y: number, factor: number, channel: number): number {
  const right = Math.min(image.width, (x + 1) * factor);
  const bottom = Math.min(image.height, (y + 1) * factor);
  let sum = 0;
  let count = 0;
  for (let row = y * factor; row < bottom; row += 1) {
    for (let column = x * factor; column < right; column += 1) {
      sum += image.data[(row * image.width + column) * 4 + channel] ?? 0;
      count += 1;
    }
  }
  return Math.round(sum / Math.max(1, count));
}

function requireJpeg(content: Buffer, path: string): void {
  const components = jpegComponents(content);
  if (components === undefined) {
    throw new PdfTrouble(`The logo ${path} is neither a PNG nor a JPEG.`, FIX);
  }
  if (components === 4) {
    throw new PdfTrouble(
      `The logo ${path} is in CMYK, which an archivable PDF does not hold.`,
      FIX,
    );
  }
}

/** 1 is grey, 3 colour, 4 CMYK; undefined where the start of a frame (ITU T.81, B.2.2) is missing. */
function jpegComponents(content: Buffer): number | undefined {
  if (content.length < 4 || content.readUInt16BE(0) !== 0xffd8) return undefined;
  let at = 2;
  while (at + 10 <= content.length && content[at] === 0xff) {
    const marker = content[at + 1] ?? 0;
    if (isStartOfFrame(marker)) return content[at + 9];
    at += 2 + content.readUInt16BE(at + 2);
  }
  return undefined;
}

function isStartOfFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
}
