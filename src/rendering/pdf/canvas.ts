import type { Font } from 'fontkit';
import type { Weight } from './fonts.js';
import type { Line } from './lines.js';
import { featuresOf, type Run, type Shaper } from './shaper.js';
import { BASE_LINE } from './style.js';

declare global {
  namespace PDFKit.Mixins {
    interface PDFFont {
      /** Takes a parsed font since 0.20, which its types do not know yet. */
      registerFont(name: string, font: Font): this;
    }
  }
}

export type Align = 'left' | 'right';

/** Where things are drawn; coordinates in points from the upper left corner of the page. */
export interface Canvas {
  readonly shaper: Shaper;
  addPage(): void;
  /** Goes back to each page in turn, from page 1, once all are there. */
  eachPage(draw: (page: number, count: number) => void): void;
  /** `y` is the top of the line; at `right`, `x` is where it ends. */
  line(line: Line, x: number, y: number, colour: string, align?: Align): void;
  rule(from: number, to: number, y: number, colour: string, thickness: number): void;
  /** Dark modules of a square code; `matrix` says which are. */
  code(
    matrix: { size: number; isDark(row: number, column: number): boolean },
    x: number,
    y: number,
    width: number,
  ): void;
  /** Fitted into the box, at its upper left corner. */
  image(content: Buffer, x: number, y: number, width: number, height: number): void;
}

export function createCanvas(pdf: PDFKit.PDFDocument, shaper: Shaper): Canvas {
  const fontName = fontNamer(pdf, shaper);
  return {
    shaper,
    addPage: () => {
      pdf.addPage();
    },
    eachPage: (draw) => {
      const { start, count } = pdf.bufferedPageRange();
      for (let page = 0; page < count; page += 1) {
        pdf.switchToPage(start + page);
        draw(page + 1, count);
      }
    },
    line: (line, x, y, colour, align = 'left') => {
      const start = align === 'right' ? x - line.width : x;
      drawLine(pdf, line, start, y + line.size * BASE_LINE, colour, fontName);
    },
    rule: (from, to, y, colour, thickness) => {
      pdf.rect(from, y - thickness / 2, to - from, thickness).fill(colour);
    },
    code: (matrix, x, y, width) => drawCode(pdf, matrix, x, y, width),
    image: (content, x, y, width, height) => {
      pdf.image(content, x, y, { fit: [width, height] });
    },
  };
}

type FontNamer = (weight: Weight, index: number) => string;

/** A font is part of the file from the moment it is used. */
function fontNamer(pdf: PDFKit.PDFDocument, { fonts }: Shaper): FontNamer {
  const registered = new Set<string>();
  return (weight, index) => {
    const name = `${weight} ${index}`;
    const font = fonts[weight][index];
    if (font && !registered.has(name)) {
      pdf.registerFont(name, font);
      registered.add(name);
    }
    return name;
  };
}

function drawLine(
  pdf: PDFKit.PDFDocument,
  { runs, weight, size }: Line,
  start: number,
  baseLine: number,
  colour: string,
  fontName: FontNamer,
): void {
  pdf.fillColor(colour).fontSize(size);
  let x = start;
  for (const run of runs) {
    drawRun(pdf, run, x, baseLine, fontName(weight, run.font));
    x += run.width * size;
  }
}

function drawRun(
  pdf: PDFKit.PDFDocument,
  { text, level }: Run,
  x: number,
  baseLine: number,
  font: string,
): void {
  pdf.font(font).text(text, x, baseLine, {
    lineBreak: false,
    baseline: 'alphabetic',
    features: featuresOf(level),
  });
}

function drawCode(
  pdf: PDFKit.PDFDocument,
  { size, isDark }: { size: number; isDark(row: number, column: number): boolean },
  x: number,
  y: number,
  width: number,
): void {
  const module = width / size;
  for (let row = 0; row < size; row += 1) {
    let begin = 0;
    for (let column = 0; column <= size; column += 1) {
      if (column < size && isDark(row, column)) continue;
      if (column > begin) {
        pdf.rect(x + begin * module, y + row * module, (column - begin) * module, module);
      }
      begin = column + 1;
    }
  }
  pdf.fill('#000000');
}
