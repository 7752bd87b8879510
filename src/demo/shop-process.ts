import { parseArgs } from 'node:util';
import { controlAnswer } from './control.js';
import { DrivenClock } from './driven-clock.js';
import { seededRandom } from './random.js';
import { ShopScript } from './script.js';
import { loadShop, saveShop } from './shop-file.js';
import { type DemoShop, startDemoShop } from './shop-server.js';

/*
 * The demo shop as its own process. It prints one JSON line, `{"url":"http://127.0.0.1:…"}`, and runs
 * until it is told to stop. With `--state` its orders are read from that file and written back to it
 * on POST /__demo/save and at the end.
 */

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    port: { type: 'string', default: '0' },
    timezone: { type: 'string', default: 'Europe/Amsterdam' },
    /** Where the shop's clock stands at first, and until when orders come. ISO 8601, UTC. */
    start: { type: 'string', default: '2026-10-01T00:00:00Z' },
    end: { type: 'string', default: '2026-10-29T00:00:00Z' },
    /** Made-up orders of the time before the start. */
    orders: { type: 'string', default: '0' },
    /** Orders that come between start and end. */
    script: { type: 'string', default: '0' },
    key: { type: 'string', default: 'ck_demo' },
    secret: { type: 'string', default: 'cs_demo' },
    state: { type: 'string' },
    /** Milliseconds between runs of the queue of webhook deliveries; by default on demand only. */
    'deliver-every': { type: 'string' },
  },
});

const startMs = Date.parse(values.start);
const clock = new DrivenClock(startMs);
const seed = Number(values.seed);

const scripts = new Map<DemoShop, ShopScript>();

const shop = await startDemoShop({
  clock,
  signatureClock: { now: () => Date.now() },
  port: Number(values.port),
  seed,
  orders: Number(values.orders),
  timezone: values.timezone,
  ...(values['deliver-every'] === undefined
    ? {}
    : { deliverEveryMs: Number(values['deliver-every']) }),
  credentials: [
    { consumerKey: values.key, consumerSecret: values.secret, permissions: 'read_write' },
  ],
  control: (request, running) =>
    controlAnswer(request, running, {
      script: scripts.get(running) ?? begin(running),
      nowMs: () => clock.now(),
      save: () => save(running),
    }),
});
const savedMs = values.state === undefined ? undefined : loadShop(shop.state, values.state);
if (savedMs !== undefined) clock.set(savedMs);
process.stdout.write(`${JSON.stringify({ url: shop.url })}\n`);

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    save(shop);
    void shop.close();
  });
}

/** A loaded shop goes on from its file; what was still to happen in it is not kept. */
function begin(running: DemoShop): ShopScript {
  const script = new ShopScript(running.state, clock, seededRandom(seed), {
    orders: savedMs === undefined ? Number(values.script) : 0,
    startMs,
    endMs: Date.parse(values.end),
  });
  scripts.set(running, script);
  return script;
}

function save(running: DemoShop): void {
  if (values.state !== undefined) saveShop(running.state, values.state, clock.now());
}
