import type { DemoAnswer } from './answers.js';
import { type FaultPlan, type FaultRates, isFaultKind } from './faults.js';
import {
  type Json,
  type JsonObject,
  numberOf,
  objectOf,
  parseJson,
  phpJson,
  textOf,
} from './json.js';
import { micros } from './micros.js';
import type { DemoRequest } from './routes.js';
import type { ShopScript } from './script.js';
import type { DemoShop } from './shop-server.js';

export interface Controlled {
  readonly script: ShopScript;
  readonly nowMs: () => number;
  readonly save: () => void;
}

/**
 * How a test in another process drives the shop: POST `/__demo/<what>` with a JSON object.
 * `advance` {toMs}, `faults` {rates, badOrders?, slowMs?}, `status` {id, status}, `trash` {id},
 * `delete` {id}, `refund` {id, amount, reason}, `restore` {id}, `touch` {id}, `deliver`, `save`; GET `/__demo/state` tells what there is.
 */
export function controlAnswer(
  request: DemoRequest,
  shop: DemoShop,
  controlled: Controlled,
): DemoAnswer {
  const what = request.path.slice('/__demo/'.length);
  const body = objectOf(request.body === '' ? {} : parseJson(request.body));
  const done = request.method === 'GET' ? what === 'state' : act(what, body, shop, controlled);
  if (!done) return answer(404, { error: `nothing is called ${what}` });
  return answer(200, stateOf(shop, controlled));
}

function act(what: string, body: JsonObject, shop: DemoShop, controlled: Controlled): boolean {
  const { state } = shop;
  const id = numberOf(body['id']);
  const actions: Readonly<Record<string, () => void>> = {
    advance: () => controlled.script.advanceTo(numberOf(body['toMs'])),
    faults: () => shop.setFaults(faultPlan(body)),
    status: () => state.setStatus(id, textOf(body['status'])),
    trash: () => state.trash(id),
    restore: () => state.restore(id),
    touch: () => state.save(id),
    // Answered at once: what becomes of the deliveries is seen in the state.
    deliver: () => void shop.deliverWebhooks(),
    delete: () => state.delete(id),
    refund: () => {
      const amount = micros(textOf(body['amount']));
      state.refund(id, { amount, reason: textOf(body['reason']), lines: [] });
    },
    save: () => controlled.save(),
  };
  const action = Object.hasOwn(actions, what) ? actions[what] : undefined;
  action?.();
  return action !== undefined;
}

/** A plan as JSON. Throws a RangeError for a fault nobody knows. */
function faultPlan(body: JsonObject): FaultPlan {
  const rates: { -readonly [Kind in keyof FaultRates]: FaultRates[Kind] } = {};
  for (const [kind, rate] of Object.entries(objectOf(body['rates']))) {
    if (!isFaultKind(kind)) throw new RangeError(`there is no fault ${JSON.stringify(kind)}`);
    rates[kind] = numberOf(rate);
  }
  const bad = body['badOrders'];
  return {
    rates,
    badOrders: Array.isArray(bad) ? bad.map(numberOf) : [],
    slowMs: numberOf(body['slowMs'] ?? 200),
  };
}

function stateOf(shop: DemoShop, { script, nowMs }: Controlled): JsonObject {
  return {
    nowMs: nowMs(),
    orders: shop.state.table.size,
    remaining: script.remaining,
    requests: shop.requests.total,
    webhooks: {
      active: shop.webhooks.all().filter(({ status }) => status === 'active').length,
      queued: shop.webhooks.queued,
      ...shop.webhooks.counts,
    },
  };
}

function answer(status: number, body: Json): DemoAnswer {
  return { status, headers: [['Content-Type', 'application/json']], body: phpJson(body) };
}
