import { ORDER_STATES, type OrderState } from '../orders/states.js';
import type { OrderFigures } from '../store/store.js';
import type { OrderSummary } from '../woocommerce/shop-client.js';
import { EMPTY, type Tally, tallied } from './tally.js';

/** What the shop's list says of an order. */
export type Listed = Pick<OrderSummary, 'id' | 'status' | 'currency' | 'grossMinor' | 'taxMinor'>;

/** An order on which the shop and we do not agree at first sight. */
export interface Suspect {
  readonly id: number;
  /** Absent where the shop does not list it. */
  readonly listed?: Listed;
  /** Absent where we do not have it. */
  readonly held?: OrderFigures;
}

/** What a comparison of two lists, both ascending by id, came to. */
export interface Comparison {
  /** Orders on which both agree, and withdrawn ones, which the shop rightly does not list. */
  readonly agreed: Readonly<Record<OrderState, Tally>>;
  /** Of the agreed, what the shop lists. */
  readonly listed: Tally;
  readonly suspects: readonly Suspect[];
}

export interface Comparer {
  /** The next orders of the shop's list; those that were there before are passed over. */
  add(listed: readonly Listed[]): Promise<void>;
  /** The list has ended. */
  end(): Promise<Comparison>;
}

/** Compares as both lists come in, so that a year of orders needs no more memory than a page. */
export function createComparer(held: AsyncIterator<OrderFigures>): Comparer {
  const agreed = noTallies();
  const suspects: Suspect[] = [];
  let listedTally = EMPTY;
  let lastId = 0;
  let next: OrderFigures | undefined;
  let isStarted = false;

  const advance = async () => {
    const step = await held.next();
    next = step.done ? undefined : step.value;
  };
  const peek = async (): Promise<OrderFigures | undefined> => {
    if (!isStarted) await advance();
    isStarted = true;
    return next;
  };
  const notListed = (order: OrderFigures) => {
    if (order.state === 'withdrawn') agreed[order.state] = tallied(agreed[order.state], order);
    else suspects.push({ id: order.id, held: order });
  };
  const meet = (listed: Listed, order: OrderFigures | undefined) => {
    if (order && agrees(listed, order)) {
      agreed[order.state] = tallied(agreed[order.state], order);
      listedTally = tallied(listedTally, listed);
    } else suspects.push({ id: listed.id, listed, ...(order ? { held: order } : {}) });
  };

  return {
    async add(listed) {
      for (const each of listed) {
        if (each.id <= lastId) continue;
        lastId = each.id;
        let order = await peek();
        for (; order && order.id < each.id; order = next) {
          notListed(order);
          await advance();
        }
        const same = order?.id === each.id ? order : undefined;
        meet(each, same);
        if (same) await advance();
      }
    },
    async end() {
      for (let order = await peek(); order; order = next) {
        notListed(order);
        await advance();
      }
      return { agreed, listed: listedTally, suspects };
    },
  };
}

function noTallies(): Record<OrderState, Tally> {
  const entries = ORDER_STATES.map((state) => [state, EMPTY]);
  return Object.fromEntries(entries);
}

/** Whether we hold what the shop says. A withdrawn order is not one that the shop lists. */
function agrees(listed: Listed, held: Omit<OrderFigures, 'id'>): boolean {
  return difference(listed, held) === undefined;
}

/** In words; undefined where they agree. */
export function difference(listed: Listed, held: Omit<OrderFigures, 'id'>): string | undefined {
  if (held.state === 'withdrawn') return 'we took it for withdrawn, and the shop lists it';
  const fields = (['status', 'currency', 'grossMinor', 'taxMinor'] as const).filter(
    (field) => listed[field] !== held[field],
  );
  if (fields.length === 0) return undefined;
  return fields.map((field) => `${field}: shop ${listed[field]}, we ${held[field]}`).join('; ');
}
