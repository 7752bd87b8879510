import type { DemoShopState } from './demo-shop.js';
import { EVERYDAY, HARD, type OrderKind } from './kinds.js';
import { micros } from './micros.js';
import type { Placement } from './placement.js';
import type { Random } from './random.js';

/** Something that happens to one order, so long after the one before it. */
interface Step {
  readonly afterMs: number;
  readonly act: (shop: DemoShopState, orderId: number) => void;
}

/** An order's whole life: how it comes, and what becomes of it. */
export interface OrderLife {
  readonly placement: Placement;
  readonly steps: readonly Step[];
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

const status = (afterMs: number, slug: string): Step => ({
  afterMs,
  act: (shop, id) => shop.setStatus(id, slug),
});
const PAID = status(2 * MINUTE_MS, 'processing');
const SENT = status(DAY_MS, 'completed');
const then = (afterMs: number, act: Step['act']): Step => ({ afterMs, act });

/** What most orders go through, by how often. */
const COMMON: readonly (readonly [weight: number, steps: readonly Step[]])[] = [
  [50, [PAID, SENT]],
  [12, [PAID]],
  [14, [status(0, 'on-hold'), status(3 * DAY_MS, 'processing'), SENT]],
  [7, []],
  [4, [status(HOUR_MS, 'cancelled')]],
  [3, [status(MINUTE_MS, 'failed')]],
  [2, [status(MINUTE_MS, 'failed'), status(10 * MINUTE_MS, 'processing'), SENT]],
  [2, [status(0, 'on-hold')]],
];

/** What happens to few, but must happen to some. */
const RARE: readonly (readonly Step[])[] = [
  [PAID, SENT, then(2 * DAY_MS, refundPiece)],
  [PAID, SENT, then(2 * DAY_MS, refundAll)],
  [PAID, SENT, then(DAY_MS, refundAmount('5.00', 'coulance'))],
  [PAID, SENT, then(DAY_MS, refundPiece), then(DAY_MS, refundAmount('0.01', 'cent'))],
  [PAID, SENT, status(3 * DAY_MS, 'refunded')],
  [PAID, SENT, status(2 * DAY_MS, 'cancelled')],
  [PAID, SENT, then(2 * DAY_MS, doubleFirstQuantity)],
  [PAID, SENT, then(DAY_MS, refundAmount('2.50', 'vergissing')), then(DAY_MS, deleteRefunds)],
  [PAID, status(DAY_MS, 'partly-shipped'), status(2 * DAY_MS, 'completed')],
  [PAID, status(DAY_MS, 'partly-shipped')],
  [PAID, then(DAY_MS, (shop, id) => shop.setStatusInDatabase(id, 'gone-plugin'))],
  [PAID, then(DAY_MS, (shop, id) => shop.trash(id))],
  [then(DAY_MS, (shop, id) => shop.trash(id)), then(DAY_MS, (shop, id) => shop.restore(id))],
  [then(HOUR_MS, (shop, id) => shop.trash(id)), then(DAY_MS, (shop, id) => shop.delete(id))],
  [PAID, then(DAY_MS, (shop, id) => shop.delete(id))],
  [
    status(0, 'on-hold'),
    then(2 * DAY_MS, (shop, id) => shop.setStatusInDatabase(id, 'processing')),
  ],
  [PAID, SENT, status(DAY_MS, 'on-hold')],
];

/**
 * So many lives: each hard kind and each rare fate at least once where there is room for them, the
 * rest everyday. The same source of chance gives the same lives.
 */
export function lives(random: Random, count: number): OrderLife[] {
  const hard = Object.values(HARD);
  return Array.from({ length: count }, (_, index) => {
    const kind = hard[index % (hard.length * 2)] ?? random.pick(EVERYDAY);
    const rare = index % 3 === 2 ? RARE[Math.floor(index / 3) % RARE.length] : undefined;
    return lifeOf(kind, rare ?? commonSteps(random), random);
  });
}

function lifeOf(kind: OrderKind, steps: readonly Step[], random: Random): OrderLife {
  const placement = kind(random);
  // Later than said, never earlier, and never all at the same second.
  const spread = steps.map((step) => ({
    ...step,
    afterMs: step.afterMs + random.between(1, 5400) * 1000,
  }));
  return { placement, steps: spread };
}

function commonSteps(random: Random): readonly Step[] {
  const all = COMMON.reduce((sum, [weight]) => sum + weight, 0);
  let drawn = random.next() * all;
  for (const [weight, steps] of COMMON) {
    if (drawn < weight) return steps;
    drawn -= weight;
  }
  return [];
}

function refundPiece(shop: DemoShopState, orderId: number): void {
  const line = shop.existing(orderId).content.lines[0];
  if (!line || line.total <= 0) return;
  tryRefund(() =>
    shop.refund(orderId, { reason: 'Te klein', lines: [{ lineId: line.id, quantity: 1 }] }),
  );
}

function refundAll(shop: DemoShopState, orderId: number): void {
  const { lines, shippingLines, feeLines, total } = shop.existing(orderId).content;
  const all = [
    ...lines.map((line) => ({ lineId: line.id, quantity: line.quantity })),
    ...[...shippingLines, ...feeLines].map((line) => ({ lineId: line.id, quantity: 1 })),
  ];
  if (total <= 0) return;
  tryRefund(() => shop.refund(orderId, { amount: total, reason: 'Alles retour', lines: all }));
}

function refundAmount(amount: string, reason: string): Step['act'] {
  return (shop, orderId) =>
    tryRefund(() => shop.refund(orderId, { amount: micros(amount), reason, lines: [] }));
}

function deleteRefunds(shop: DemoShopState, orderId: number): void {
  for (const { id } of shop.existing(orderId).content.refunds) shop.deleteRefund(orderId, id);
}

/** A quantity alone, so that the total stays (README, Shapes 6). */
function doubleFirstQuantity(shop: DemoShopState, orderId: number): void {
  shop.change(orderId, (content) => ({
    ...content,
    lines: content.lines.map((line, index) =>
      index === 0 ? { ...line, quantity: line.quantity * 2 } : line,
    ),
  }));
}

/** More than is left is refused by the shop, as its back office would; then nothing happens. */
function tryRefund(refund: () => unknown): void {
  try {
    refund();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
}
