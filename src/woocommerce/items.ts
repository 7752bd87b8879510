import type { z } from 'zod';
import { minorUnitsOf, parseMinor } from '../orders/money.js';
import type { OrderObservation } from '../orders/observation.js';
import type { Refund } from '../orders/order.js';
import type { Source } from '../orders/states.js';
import { instantOf } from '../orders/time.js';
import { contentHash } from './content-hash.js';
import type { Spoiled } from './narrow.js';
import { normaliseOrder } from './normalise-order.js';
import { normaliseRefund, type RefundedOrder } from './normalise-refund.js';
import {
  orderIdSchema,
  orderSchema,
  parentIdSchema,
  reasonOf,
  refundSchema,
  summarySchema,
} from './schemas.js';
import type { OrderSummary, Unreadable } from './shop-client.js';

/** What became of one item of a list: never an error that would hold the others back. */
export type ReadItem<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly unreadable: Unreadable };

/** How an item came to us. */
export interface Origin {
  readonly shop: string;
  readonly source: Source;
  readonly startedAtMs: number;
}

const FIX = 'Look at this order in the shop; a plugin may have changed its data. Then recheck it.';

export function readOrder(item: unknown, origin: Origin): ReadItem<OrderObservation> {
  return read(item, orderSchema, orderIdIn(item), (wire) => {
    const order = normaliseOrder(origin.shop, wire);
    return {
      kind: 'order',
      shop: origin.shop,
      orderId: order.id,
      source: origin.source,
      readAt: instantOf(origin.startedAtMs),
      order,
      raw: JSON.stringify(item),
      contentHash: contentHash(order),
    };
  });
}

export function readSummary(item: unknown): ReadItem<OrderSummary> {
  return read(item, summarySchema, orderIdIn(item), (wire) => {
    const currency = wire.currency.toUpperCase();
    const minorUnits = minorUnitsOf(currency);
    return {
      id: wire.id,
      status: wire.status,
      currency,
      grossMinor: parseMinor(wire.total, minorUnits),
      taxMinor: parseMinor(wire.total_tax, minorUnits),
      createdAt: wire.date_created_gmt,
      modifiedAt: wire.date_modified_gmt ?? wire.date_created_gmt,
    };
  });
}

export function readRefund(item: unknown, shop: string, order: RefundedOrder): ReadItem<Refund> {
  return read(item, refundSchema, order.id, (wire) => normaliseRefund(shop, order, wire));
}

function read<Schema extends z.ZodType, Value>(
  item: unknown,
  schema: Schema,
  orderId: number | null,
  normalise: (wire: z.output<Schema>) => Value,
): ReadItem<Value> {
  const unreadable = (reason: string) => ({
    ok: false as const,
    unreadable: { orderId, raw: JSON.stringify(item), reason, fix: FIX },
  });
  const wire = schema.safeParse(item);
  if (!wire.success) return unreadable(reasonOf(wire.error));
  try {
    return { ok: true, value: normalise(wire.data) };
  } catch (error) {
    if (error instanceof RangeError) return unreadable(error.message);
    throw error;
  }
}

export function orderIdIn(item: unknown): number | null {
  const found = orderIdSchema.safeParse(item);
  return found.success ? found.data.id : null;
}

/** The order of a refund in the list of the whole shop. */
export function parentIdIn(item: unknown): number | null {
  const found = parentIdSchema.safeParse(item);
  return found.success ? found.data.parent_id : null;
}

/** An item the shop itself fails on. */
export function unreadableOf({ id, error }: Spoiled): Unreadable {
  return {
    orderId: id,
    raw: error.details.excerpt ?? '',
    reason: error.message,
    fix: error.fix,
  };
}

export function splitRead<Value>(results: readonly ReadItem<Value>[]): {
  readonly values: Value[];
  readonly unreadable: Unreadable[];
} {
  const values: Value[] = [];
  const unreadable: Unreadable[] = [];
  for (const result of results) {
    if (result.ok) values.push(result.value);
    else unreadable.push(result.unreadable);
  }
  return { values, unreadable };
}
