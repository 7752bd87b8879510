import { readFileSync } from 'node:fs';
import { createIntake } from '../../src/intake/create-intake.js';
import type { Accepted, Intake, RefundsAccepted } from '../../src/intake/intake.js';
import type { Order, Refund } from '../../src/orders/order.js';
import { instantOf } from '../../src/orders/time.js';
import type { StatusRules } from '../../src/rules/settings.js';
import type { Store } from '../../src/store/store.js';
import { contentHash } from '../../src/woocommerce/content-hash.js';
import { normaliseOrder } from '../../src/woocommerce/normalise-order.js';
import { normaliseRefund } from '../../src/woocommerce/normalise-refund.js';
import { orderSchema, refundSchema } from '../../src/woocommerce/schemas.js';
import { DEFAULT_RULES } from './intake.js';
import { loadRecording, recordedJson, recordingNames } from './recordings.js';
import { DOCUMENT_SETTINGS } from './settings.js';

/** One recorded state of an order, with the refunds that were recorded with it. */
export interface RecordedState {
  readonly order: Order;
  readonly file: string;
  /** All that the shop named then; undefined where no list was recorded. */
  readonly refunds: readonly Refund[] | undefined;
}

/** All recorded orders by id, each with its states in the order in which they were recorded. */
export function recordedLives(): ReadonlyMap<number, readonly RecordedState[]> {
  const lists = refundLists();
  const lives = new Map<number, RecordedState[]>();
  for (const { id, file } of recordedStates()) {
    const order = readOrder(file, id);
    const list = lists.get(file) ?? lists.get(String(id));
    const refunds = list === undefined ? undefined : readRefunds(list, order);
    lives.set(id, [...(lives.get(id) ?? []), { order, file, refunds }]);
  }
  return lives;
}

function recordedStates(): { id: number; file: string }[] {
  const url = new URL('../fixtures/woocommerce/expected/accounting.json', import.meta.url);
  const { orders }: { orders: { id: number; file: string }[] } = JSON.parse(
    readFileSync(url, 'utf8'),
  );
  return orders
    .map(({ id, file }) => ({ id, file: file.replace(/^rest\//, '').replace(/\.json$/, '') }))
    .sort((a, b) => (a.file < b.file ? -1 : 1));
}

function readOrder(file: string, id: number): Order {
  const json = recordedJson(file);
  const wire = Array.isArray(json) ? json.find((one) => one.id === id) : json;
  return normaliseOrder('main', orderSchema.parse(wire));
}

/** Names of the recorded lists: by the state that they go with, else by the order's id. */
function refundLists(): ReadonlyMap<string, string> {
  const names = recordingNames('rest');
  const lists = new Map<string, string>();
  for (const name of names.filter((one) => one.startsWith('refunds-'))) {
    const id = /\/orders\/(\d+)\/refunds$/.exec(loadRecording(name).request.path)?.[1];
    if (id === undefined) continue;
    const state = name.replace('refunds-', 'order-');
    lists.set(names.includes(state) ? state : id, name);
  }
  return lists;
}

function readRefunds(name: string, order: Order): Refund[] {
  const json = recordedJson(name);
  if (!Array.isArray(json)) throw new Error(`${name} is no list`);
  return json.map((wire) => normaliseRefund('main', order, refundSchema.parse(wire)));
}

const EVERY_STATUS: StatusRules = {
  rules: [{ action: 'forward', name: 'every status', when: {} }],
};
const BEGIN_MS = Date.parse('2027-06-01T00:00:00.000Z');

/**
 * Feeds all of it to the one door in, an observation a second: whatever its status, an order is
 * booked as it was first recorded; what the shop did to it later is judged by the usual rules, so
 * that a cancellation is one.
 */
export async function feedCorpus(store: Store, books: readonly string[]): Promise<void> {
  let nowMs = BEGIN_MS;
  const intakeWith = (rules: StatusRules): Intake =>
    createIntake({
      store,
      clock: { now: () => nowMs },
      shops: new Map([['main', { id: 'main', since: '2000-01-01T00:00:00.000Z', rules, books }]]),
      documents: DOCUMENT_SETTINGS,
      expiryOf: (lastChange) => lastChange,
      normalise: (_, raw) => JSON.parse(raw),
    });
  const booking = intakeWith(EVERY_STATUS);
  const usual = intakeWith(DEFAULT_RULES);
  for (const states of recordedLives().values()) {
    for (const [index, state] of states.entries()) {
      await feedState(index === 0 ? booking : usual, state, () => {
        nowMs += 1000;
        return instantOf(nowMs);
      });
    }
  }
}

async function feedState(
  intake: Intake,
  { order, file, refunds }: RecordedState,
  nextSecond: () => string,
): Promise<void> {
  const [accepted] = await intake.accept([
    {
      kind: 'order',
      shop: 'main',
      orderId: order.id,
      source: 'poll',
      readAt: nextSecond(),
      order,
      raw: JSON.stringify(order),
      contentHash: contentHash(order),
    },
  ]);
  requireTaken(accepted, file);
  nextSecond();
  if (refunds === undefined) return;
  const complete = [order.id];
  requireCredited(
    await intake.acceptRefunds({ shop: 'main', source: 'poll', refunds, complete }),
    file,
  );
  nextSecond();
}

/** `unchanged` is right too: settings that changed since leave an order as it is. */
function requireTaken(accepted: Accepted | undefined, file: string): void {
  if (accepted && ['new', 'changed', 'unchanged'].includes(accepted.outcome)) return;
  throw new Error(`${file} was not taken: ${accepted?.outcome}`);
}

function requireCredited({ blocked, waiting, unknownOrders }: RefundsAccepted, file: string): void {
  if (blocked + waiting + unknownOrders.length === 0) return;
  throw new Error(`the refunds of ${file} were not all credited`);
}
