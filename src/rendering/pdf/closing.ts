import { create } from 'qrcode';
import type { Canvas } from './canvas.js';
import type { Content, Payment } from './content.js';
import { drawLines, type Flow, flowText, heightOf, keepTogether } from './flow.js';
import { type Line, linesOf, type TextStyle } from './lines.js';
import type { Shaper } from './shaper.js';
import { COLOUR, LINE_HEIGHT, MARGIN, RIGHT_EDGE, SIZE } from './style.js';
import type { TotalRow } from './totals.js';

const TOTALS_WIDTH = 270;
const AMOUNT_GAP = 14;
const ROW_PADDING = 2.5;
const CODE_WIDTH = 92;
const TOP_GAP = 10;

interface LaidOutTotal {
  readonly role: TotalRow['role'];
  readonly label: readonly Line[];
  readonly amount: readonly Line[];
  readonly height: number;
}

/** Sums and code for payment, laid out: they stay together, and with the last line of the table. */
export interface Closing {
  readonly totals: readonly LaidOutTotal[];
  readonly height: number;
}

export function layOutClosing({ totals, payment }: Content, shaper: Shaper): Closing {
  const laidOut = totals.map((row) => layOutTotal(row, shaper));
  const totalsHeight = laidOut.reduce((sum, { height }) => sum + height, 0);
  const codeHeight = payment?.code ? CODE_WIDTH + SIZE.small * LINE_HEIGHT + 6 : 0;
  return { totals: laidOut, height: TOP_GAP + Math.max(totalsHeight, codeHeight) };
}

function layOutTotal({ label, amount, role }: TotalRow, shaper: Shaper): LaidOutTotal {
  const style: TextStyle =
    role === 'plain' ? { size: SIZE.body } : { size: SIZE.body + 1, weight: 'strong' };
  const amountLines = linesOf(amount, TOTALS_WIDTH, style, shaper);
  const room = TOTALS_WIDTH - AMOUNT_GAP - Math.max(0, ...amountLines.map(({ width }) => width));
  const labelLines = linesOf(label, room, { ...style, maxLines: 3 }, shaper);
  const height = Math.max(heightOf(labelLines), heightOf(amountLines)) + 2 * ROW_PADDING;
  return { role, label: labelLines, amount: amountLines, height };
}

export function drawClosing(flow: Flow, content: Content, { totals, height }: Closing): void {
  keepTogether(flow, height);
  const top = flow.y + TOP_GAP;
  if (content.payment?.code) drawCode(flow.canvas, content.payment.code, top);
  const totalsEnd = drawTotals(flow.canvas, totals, top);
  flow.y = Math.max(totalsEnd, flow.y + height) + 12;
  for (const sentence of content.payment?.sentences ?? []) {
    flowText(flow, sentence, { size: SIZE.body }, COLOUR.text);
  }
  drawRemarks(flow, content);
}

function drawTotals(canvas: Canvas, totals: readonly LaidOutTotal[], top: number): number {
  const left = RIGHT_EDGE - TOTALS_WIDTH;
  let y = top;
  for (const { role, label, amount, height } of totals) {
    if (role !== 'plain') canvas.rule(left, RIGHT_EDGE, y, COLOUR.accent, 0.8);
    const colour = role === 'open' ? COLOUR.accent : COLOUR.text;
    drawLines(canvas, label, left, y + ROW_PADDING, colour);
    drawLines(canvas, amount, RIGHT_EDGE, y + ROW_PADDING, colour, 'right');
    y += height;
  }
  return y;
}

function drawCode(
  canvas: Canvas,
  { label, payload }: NonNullable<Payment['code']>,
  top: number,
): void {
  // The quiet zone around the code is the white of the page.
  const { modules } = create(payload, { errorCorrectionLevel: 'M' });
  const isDark = (row: number, column: number) => modules.get(row, column) === 1;
  canvas.code({ size: modules.size, isDark }, MARGIN.left, top + 2, CODE_WIDTH);
  const lines = linesOf(label, TOTALS_WIDTH, { size: SIZE.small }, canvas.shaper);
  drawLines(canvas, lines, MARGIN.left, top + CODE_WIDTH + 6, COLOUR.quiet);
}

function drawRemarks(flow: Flow, { remarks, bookNotes }: Content): void {
  const small: TextStyle = { size: SIZE.small };
  flow.y += 8;
  for (const remark of remarks) flowText(flow, remark, small, COLOUR.text);
  if (!bookNotes) return;
  flow.y += 8;
  keepTogether(flow, 2 * SIZE.label * LINE_HEIGHT);
  flowText(flow, bookNotes.heading, { size: SIZE.label, weight: 'strong' }, COLOUR.quiet);
  for (const note of bookNotes.notes) flowText(flow, note, { size: SIZE.label }, COLOUR.quiet);
}
