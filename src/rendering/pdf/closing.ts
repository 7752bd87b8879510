import { create } from 'qrcode';
import type { Canvas } from './canvas.js';
import type { Content, Payment } from './content.js';
import { drawLines, type Flow, flowText, heightOf, keepTogether } from './flow.js';
import { type Line, linesOf, type TextStyle } from './lines.js';
import type { Shaper } from './shaper.js';
import { COLOUR, CONTENT_WIDTH, LINE_HEIGHT, MARGIN, RIGHT_EDGE, SIZE } from './style.js';
import type { TotalRow } from './totals.js';

const TOTALS_WIDTH = 246;
const AMOUNT_GAP = 14;
const ROW_PADDING = 2.5;
const PAYMENT_WIDTH = CONTENT_WIDTH - TOTALS_WIDTH - 18;
const CODE_WIDTH = 86;
const CODE_GAP = 12;
const FACT_GAP = 5;
const TOP_GAP = 12;

/** Sums and how to pay, laid out: they stay together, and with the last line of the table. */
export interface Closing {
  readonly totals: readonly LaidOutTotal[];
  readonly payment?: LaidOutPayment;
  readonly height: number;
}

interface LaidOutTotal {
  readonly role: TotalRow['role'];
  readonly label: readonly Line[];
  readonly amount: readonly Line[];
  readonly height: number;
}

interface LaidOutPayment {
  readonly code?: string;
  readonly codeLabel: readonly Line[];
  readonly facts: readonly { readonly label: readonly Line[]; readonly value: readonly Line[] }[];
  readonly height: number;
}

export function layOutClosing(content: Content, shaper: Shaper): Closing {
  const totals = content.totals.map((row) => layOutTotal(row, shaper));
  const payment = content.payment && layOutPayment(content.payment, shaper);
  const totalsHeight = totals.reduce((sum, { height }) => sum + height, 0);
  return {
    totals,
    ...(payment === undefined ? {} : { payment }),
    height: TOP_GAP + Math.max(totalsHeight, payment?.height ?? 0),
  };
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

/** The account stands beside the code, or in its place where there is none. */
function layOutPayment({ transfer, code }: Payment, shaper: Shaper): LaidOutPayment {
  const width = code ? PAYMENT_WIDTH - CODE_WIDTH - CODE_GAP : PAYMENT_WIDTH;
  const facts = transfer.map(({ label, value }) => ({
    label: linesOf(label, width, { size: SIZE.label, maxLines: 1 }, shaper),
    value: linesOf(value, width, { size: SIZE.small, maxLines: 3 }, shaper),
  }));
  const codeLabel = code ? linesOf(code.label, PAYMENT_WIDTH, { size: SIZE.small }, shaper) : [];
  const codeHeight = code ? CODE_WIDTH + 4 + heightOf(codeLabel) : 0;
  const factsHeight = facts.reduce(
    (sum, { label, value }) => sum + heightOf(label) + heightOf(value) + FACT_GAP,
    0,
  );
  return {
    ...(code === undefined ? {} : { code: code.payload }),
    codeLabel,
    facts,
    height: Math.max(codeHeight, factsHeight),
  };
}

export function drawClosing(flow: Flow, content: Content, closing: Closing): void {
  keepTogether(flow, closing.height);
  const top = flow.y + TOP_GAP;
  if (closing.payment) drawPayment(flow.canvas, closing.payment, top);
  drawTotals(flow.canvas, closing.totals, top);
  flow.y += closing.height + 14;
  drawRemarks(flow, content);
}

function drawTotals(canvas: Canvas, totals: readonly LaidOutTotal[], top: number): void {
  const left = RIGHT_EDGE - TOTALS_WIDTH;
  let y = top;
  for (const { role, label, amount, height } of totals) {
    if (role !== 'plain') canvas.rule(left, RIGHT_EDGE, y, COLOUR.accent, 0.8);
    const colour = role === 'open' ? COLOUR.accent : COLOUR.text;
    drawLines(canvas, label, left, y + ROW_PADDING, colour);
    drawLines(canvas, amount, RIGHT_EDGE, y + ROW_PADDING, colour, 'right');
    y += height;
  }
}

function drawPayment(canvas: Canvas, payment: LaidOutPayment, top: number): void {
  const { code, codeLabel, facts } = payment;
  const x = code === undefined ? MARGIN.left : MARGIN.left + CODE_WIDTH + CODE_GAP;
  let y = top - 2;
  for (const { label, value } of facts) {
    y = drawLines(canvas, label, x, y, COLOUR.quiet);
    y = drawLines(canvas, value, x, y, COLOUR.text) + FACT_GAP;
  }
  if (code === undefined) return;
  // Its quiet zone is the white of the page around it.
  const { modules } = create(code, { errorCorrectionLevel: 'M' });
  const isDark = (row: number, column: number) => modules.get(row, column) === 1;
  canvas.code({ size: modules.size, isDark }, MARGIN.left, top, CODE_WIDTH);
  drawLines(canvas, codeLabel, MARGIN.left, top + CODE_WIDTH + 4, COLOUR.quiet);
}

function drawRemarks(flow: Flow, { remarks, bookNotes }: Content): void {
  for (const remark of remarks) flowText(flow, remark, { size: SIZE.small }, COLOUR.text);
  if (!bookNotes) return;
  flow.y += 8;
  keepTogether(flow, 2 * SIZE.label * LINE_HEIGHT);
  flowText(flow, bookNotes.heading, { size: SIZE.label, weight: 'strong' }, COLOUR.quiet);
  for (const note of bookNotes.notes) flowText(flow, note, { size: SIZE.label }, COLOUR.quiet);
}
