import type { Canvas } from './canvas.js';
import type { Content, Fact } from './content.js';
import { drawLines, type Flow } from './flow.js';
import { type Line, linesOf, type TextStyle } from './lines.js';
import type { PartyBlock } from './parties.js';
import { COLOUR, CONTENT_WIDTH, MARGIN, RIGHT_EDGE, SIZE } from './style.js';

const LOGO = { width: 200, height: 56 } as const;
const SELLER_WIDTH = 172;
const BUYER_WIDTH = 260;
/** Where the window of an envelope is, on either of its two usual heights. */
const BUYER_TOP = 134;
const FACT_COLUMNS = 4;
const FACT_GAP = 14;

/** The top of the first page: who sells, who buys, what this is, and its dates and numbers. */
export function drawLetterhead(flow: Flow, content: Content, logo: Buffer | undefined): void {
  const { canvas } = flow;
  drawBrand(canvas, content.seller, logo);
  const sellerEnd = drawSeller(canvas, content.seller, logo === undefined);
  const buyerEnd = drawBuyer(canvas, content);
  const title = text(canvas, content.title, CONTENT_WIDTH, {
    size: SIZE.title,
    weight: 'strong',
    maxLines: 3,
  });
  const titleTop = Math.max(sellerEnd, buyerEnd) + 26;
  flow.y = drawLines(canvas, title, MARGIN.left, titleTop, COLOUR.accent) + 10;
  flow.y = drawFacts(canvas, content.facts, flow.y) + 10;
}

function drawBrand(canvas: Canvas, seller: PartyBlock, logo: Buffer | undefined): void {
  if (logo) {
    canvas.image(logo, MARGIN.left, MARGIN.top, LOGO.width, LOGO.height);
    return;
  }
  const large = text(canvas, seller.name, BUYER_WIDTH, { size: 16, weight: 'strong' });
  const name =
    large.length <= 2
      ? large
      : text(canvas, seller.name, BUYER_WIDTH, { size: 11, weight: 'strong', maxLines: 5 });
  drawLines(canvas, name, MARGIN.left, MARGIN.top - 4, COLOUR.accent);
}

/** Where there is no logo, the seller's name stands in its place. */
function drawSeller(
  canvas: Canvas,
  { name, lines, details }: PartyBlock,
  isNamed: boolean,
): number {
  const x = RIGHT_EDGE - SELLER_WIDTH;
  const small: TextStyle = { size: SIZE.small, maxLines: 3 };
  const block = (texts: readonly string[], style: TextStyle) =>
    texts.flatMap((each) => text(canvas, each, SELLER_WIDTH, style));
  const named = isNamed ? [] : block([name], { ...small, weight: 'strong' });
  let y = drawLines(canvas, named, x, MARGIN.top, COLOUR.text);
  y = drawLines(canvas, block(lines, small), x, y, COLOUR.text);
  return drawLines(canvas, block(details, small), x, y + 5, COLOUR.quiet);
}

function drawBuyer(canvas: Canvas, { buyer, buyerLabel }: Content): number {
  const block = (texts: readonly string[], style: TextStyle) =>
    texts.flatMap((each) => text(canvas, each, BUYER_WIDTH, style));
  const label = block([buyerLabel], { size: SIZE.label });
  let y = drawLines(canvas, label, MARGIN.left, BUYER_TOP, COLOUR.quiet) + 3;
  const name = block([buyer.name], { size: SIZE.name, weight: 'strong', maxLines: 3 });
  y = drawLines(canvas, name, MARGIN.left, y, COLOUR.text);
  const lines = block(buyer.lines, { size: SIZE.body, maxLines: 2 });
  y = drawLines(canvas, lines, MARGIN.left, y, COLOUR.text);
  const details = block(buyer.details, { size: SIZE.small, maxLines: 2 });
  return drawLines(canvas, details, MARGIN.left, y + 3, COLOUR.quiet);
}

function drawFacts(canvas: Canvas, facts: readonly Fact[], top: number): number {
  // One fact alone on a second row would look forgotten.
  const columns = facts.length === FACT_COLUMNS + 1 ? FACT_COLUMNS + 1 : FACT_COLUMNS;
  const width = (CONTENT_WIDTH - FACT_GAP * (columns - 1)) / columns;
  let y = top;
  for (let first = 0; first < facts.length; first += columns) {
    const ends = facts.slice(first, first + columns).map(({ label, value }, column) => {
      const x = MARGIN.left + column * (width + FACT_GAP);
      const labelLines = text(canvas, label, width, { size: SIZE.label, maxLines: 2 });
      const valueTop = drawLines(canvas, labelLines, x, y, COLOUR.quiet) + 1;
      const valueLines = text(canvas, value, width, { size: SIZE.body, maxLines: 3 });
      return drawLines(canvas, valueLines, x, valueTop, COLOUR.text);
    });
    y = Math.max(...ends) + 9;
  }
  return y;
}

function text(canvas: Canvas, words: string, width: number, style: TextStyle): readonly Line[] {
  return linesOf(words, width, style, canvas.shaper);
}
