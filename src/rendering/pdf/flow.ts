import type { Align, Canvas } from './canvas.js';
import { type Line, linesOf, type TextStyle } from './lines.js';
import { COLOUR, CONTENT_WIDTH, LINE_HEIGHT, MARGIN, PAGE, SIZE } from './style.js';

/** Where the next thing goes, from the top of the first page to the end of the last. */
export interface Flow {
  readonly canvas: Canvas;
  y: number;
  /** What is left of the page. */
  room(): number;
  newPage(): void;
}

const BOTTOM = PAGE.height - MARGIN.bottom;
const HEAD_HEIGHT = SIZE.small * LINE_HEIGHT + 18;

/** What a page has that begins anew, under its running head. */
const WHOLE_PAGE = BOTTOM - MARGIN.top - HEAD_HEIGHT;

/** Begins the first page; each further one says at its top what it belongs to. */
export function createFlow(canvas: Canvas, runningHead: string): Flow {
  const style: TextStyle = { size: SIZE.small, maxLines: 1 };
  canvas.addPage();
  const flow: Flow = {
    canvas,
    y: MARGIN.top,
    room: () => BOTTOM - flow.y,
    newPage: () => {
      canvas.addPage();
      const lines = linesOf(runningHead, CONTENT_WIDTH, style, canvas.shaper);
      drawLines(canvas, lines, MARGIN.left, MARGIN.top, COLOUR.quiet);
      flow.y = MARGIN.top + HEAD_HEIGHT;
    },
  };
  return flow;
}

/** Begins a new page where less than `height` is left; not for what no page has room for. */
export function keepTogether(flow: Flow, height: number): void {
  if (height > flow.room() && height <= WHOLE_PAGE) flow.newPage();
}

export function heightOf(lines: readonly Line[]): number {
  return lines.reduce((sum, { size }) => sum + size * LINE_HEIGHT, 0);
}

/** Draws lines under each other; answers where the next would go. */
export function drawLines(
  canvas: Canvas,
  lines: readonly Line[],
  x: number,
  top: number,
  colour: string,
  align: Align = 'left',
): number {
  let y = top;
  for (const line of lines) {
    canvas.line(line, x, y, colour, align);
    y += line.size * LINE_HEIGHT;
  }
  return y;
}

/** A paragraph over the whole width, which may go on on the next page. */
export function flowText(flow: Flow, text: string, style: TextStyle, colour: string): void {
  for (const line of linesOf(text, CONTENT_WIDTH, style, flow.canvas.shaper)) {
    keepTogether(flow, heightOf([line]));
    flow.y = drawLines(flow.canvas, [line], MARGIN.left, flow.y, colour);
  }
}
