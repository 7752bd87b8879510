import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { DemoShopState } from './demo-shop.js';
import { isObject, numberOf, objectOf, objectsOf, parseJson, textOf } from './json.js';
import { wireOrder, wireRefund } from './wire.js';

/** Enough that nothing is lost when the shop is read again. */
const EXACT_DECIMALS = 6;

/** Writes the shop's orders to a file, whole or not at all. */
export function saveShop(state: DemoShopState, file: string, nowMs: number): void {
  const style = { siteUrl: 'https://shop.example', time: state.time, dp: EXACT_DECIMALS };
  const orders = state.table.all().map((order) => ({
    order: wireOrder(order, style),
    refunds: order.content.refunds.map((refund) => wireRefund(refund, style, false)),
    total: order.content.total,
    statusBeforeTrash: order.statusBeforeTrash ?? null,
  }));
  const saved = { nowMs, nextId: state.table.highestId, numbers: { ...state.numbers() }, orders };
  writeFileSync(`${file}.part`, JSON.stringify(saved));
  renameSync(`${file}.part`, file);
}

/** Reads a file that `saveShop` wrote. Returns the shop's time then, or undefined without a file. */
export function loadShop(state: DemoShopState, file: string): number | undefined {
  const text = readIfThere(file);
  if (text === undefined) return undefined;
  const saved = parseJson(text);
  if (!isObject(saved)) throw new Error(`${file} holds no demo shop`);
  for (const { order, refunds, total, statusBeforeTrash } of objectsOf(saved['orders'])) {
    const wire = objectOf(order);
    state.loadRecorded(wire, objectsOf(refunds));
    const loaded = state.existing(numberOf(wire['id']));
    // The wire rounds an order's total to the store's decimals; the shop does not.
    loaded.content = { ...loaded.content, total: numberOf(total) };
    loaded.statusBeforeTrash = textOf(statusBeforeTrash) || undefined;
  }
  const numbers = objectOf(saved['numbers']);
  state.continueFrom(numberOf(numbers['lineId']), numberOf(numbers['metaId']));
  state.table.continueFrom(numberOf(saved['nextId']));
  return numberOf(saved['nowMs']);
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
