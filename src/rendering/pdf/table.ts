import type { Canvas } from './canvas.js';
import type { Cells, Content } from './content.js';
import { drawLines, type Flow, heightOf, keepTogether } from './flow.js';
import { type Line, linesOf, type TextStyle } from './lines.js';
import type { Shaper } from './shaper.js';
import { COLOUR, CONTENT_WIDTH, MARGIN, RIGHT_EDGE, SIZE } from './style.js';

const FIGURES = ['quantity', 'unitPrice', 'vat', 'amount'] as const;
type Figure = (typeof FIGURES)[number];
type Widths = Readonly<Record<Figure | 'description', number>>;

const COLUMN_GAP = 14;
/** A figure that is wider is broken, so that room for the description remains. */
const MAX_FIGURE_WIDTH = 92;
const PADDING = 4;
const HEADING: TextStyle = { size: SIZE.label, maxLines: 3 };
const BODY: TextStyle = { size: SIZE.body };
/** No row is higher than a page, since none is split. */
const DESCRIPTION: TextStyle = { size: SIZE.body, maxLines: 36 };
const DETAIL: TextStyle = { size: SIZE.label, maxLines: 3 };

interface LaidOutRow {
  readonly description: readonly Line[];
  readonly detail: readonly Line[];
  readonly figures: Readonly<Record<Figure, readonly Line[]>>;
  readonly height: number;
}

/**
 * The lines of the document. `closingHeight` is what must stand with the last of them: sums alone
 * on a page would sum up nothing.
 */
export function drawTable(flow: Flow, { headings, rows }: Content, closingHeight: number): void {
  const { canvas } = flow;
  const widths = widthsOf([headings, ...rows], canvas.shaper);
  const head = laidOut(headings, '', widths, HEADING, HEADING, canvas.shaper);
  const body = rows.map((row) =>
    laidOut(row, row.detail, widths, DESCRIPTION, BODY, canvas.shaper),
  );
  /** With what must stand on the page of a row. */
  const neededBy = (index: number) =>
    (body[index]?.height ?? 0) + (index >= body.length - 1 ? closingHeight : 0);
  const begin = () => {
    drawRow(flow, head, widths, COLOUR.quiet);
    canvas.rule(MARGIN.left, RIGHT_EDGE, flow.y, COLOUR.accent, 0.8);
  };
  keepTogether(flow, head.height + neededBy(0));
  begin();
  body.forEach((row, index) => {
    if (index > 0 && neededBy(index) > flow.room()) {
      flow.newPage();
      begin();
    }
    drawRow(flow, row, widths, COLOUR.text);
    canvas.rule(MARGIN.left, RIGHT_EDGE, flow.y, COLOUR.hairline, 0.5);
  });
}

/** Columns of figures are as wide as their widest; the description has the rest. */
function widthsOf(rows: readonly Cells[], shaper: Shaper): Widths {
  const natural = (figure: Figure) =>
    rows.map((row, index) => {
      const [line] = linesOf(row[figure], Infinity, index === 0 ? HEADING : BODY, shaper);
      return line?.width ?? 0;
    });
  const width = (figure: Figure) => Math.min(MAX_FIGURE_WIDTH, Math.max(...natural(figure))) + 0.01;
  const figures = {
    quantity: width('quantity'),
    unitPrice: width('unitPrice'),
    vat: width('vat'),
    amount: width('amount'),
  };
  const taken = FIGURES.reduce((sum, figure) => sum + figures[figure] + COLUMN_GAP, 0);
  return { ...figures, description: CONTENT_WIDTH - taken };
}

function laidOut(
  cells: Cells,
  detail: string,
  widths: Widths,
  descriptionStyle: TextStyle,
  figureStyle: TextStyle,
  shaper: Shaper,
): LaidOutRow {
  const description = linesOf(cells.description, widths.description, descriptionStyle, shaper);
  const small = linesOf(detail, widths.description, DETAIL, shaper);
  const figure = (name: Figure) => linesOf(cells[name], widths[name], figureStyle, shaper);
  const figures = {
    quantity: figure('quantity'),
    unitPrice: figure('unitPrice'),
    vat: figure('vat'),
    amount: figure('amount'),
  };
  const heights = FIGURES.map((name) => heightOf(figures[name]));
  const height = Math.max(heightOf(description) + heightOf(small), ...heights) + 2 * PADDING;
  return { description, detail: small, figures, height };
}

function drawRow(flow: Flow, row: LaidOutRow, widths: Widths, colour: string): void {
  const { canvas } = flow;
  const top = flow.y + PADDING;
  const detailTop = drawLines(canvas, row.description, MARGIN.left, top, colour);
  drawLines(canvas, row.detail, MARGIN.left, detailTop, COLOUR.quiet);
  drawFigures(canvas, row, widths, top, colour);
  flow.y += row.height;
}

function drawFigures(
  canvas: Canvas,
  { figures }: LaidOutRow,
  widths: Widths,
  top: number,
  colour: string,
): void {
  let right = MARGIN.left + widths.description;
  for (const figure of FIGURES) {
    right += COLUMN_GAP + widths[figure];
    drawLines(canvas, figures[figure], right, top, colour, 'right');
  }
}
