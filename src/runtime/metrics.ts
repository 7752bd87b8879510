import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Call } from './measured.js';
import { outcomeOf } from './measured.js';
import { createSampler } from './sampler.js';

/** What the process counts and measures, in the words of Prometheus. Every app has its own. */
export interface Metrics {
  /** A delivery of a webhook was answered. */
  received(shop: string, receipt: string): void;
  /** From the delivery to the commit of what it led to. */
  nudged(lagMs: number): void;
  /** An attempt to deliver an event to a subscription, by how it ended. */
  attempted(subscription: string, outcome: string): void;
  /** For `measured`: a call of a shop's client. */
  shopCall(shop: string): (call: Call) => void;
  /** For `measured`: a call of a destination. */
  booksCall(books: string): (call: Call) => void;
  /** Read when asked for, but no more often than is cheap; left out while it cannot be read. */
  gauge(spec: GaugeSpec, read: () => Promise<readonly Sample[]>): void;
  readonly contentType: string;
  /** All of it, as Prometheus reads it. */
  text(): Promise<string>;
}

interface GaugeSpec {
  readonly name: string;
  readonly help: string;
  readonly labels: readonly string[];
}

export interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

export interface MetricsOptions {
  /** Milliseconds that pass evenly; those of the machine unless told. */
  readonly elapsedMs?: () => number;
}

const SAMPLE_LEAST_MS = 10_000;
/** The most of all time that samples may take: a store of millions is counted rarely. */
const SAMPLE_SHARE = 0.005;
const LAG_BUCKETS = [0.5, 1, 1.5, 2, 3, 5, 10, 30, 60, 300, 900, 3600, 14_400];
const CALL_BUCKETS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

export function createMetrics(options: MetricsOptions = {}): Metrics {
  const { elapsedMs = () => performance.now() } = options;
  const registry = new Registry();
  // Of the process: CPU, memory, open files, garbage collection, delay of the event loop.
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const deliveries = new Counter({
    name: 'orderpark_deliveries_total',
    help: 'Webhook deliveries, by what came of them. The shop is empty where it is not known.',
    labelNames: ['shop', 'receipt'],
    registers,
  });
  const lag = new Histogram({
    name: 'orderpark_nudge_lag_seconds',
    help: 'From the delivery of a webhook to the commit of the order that it told of.',
    buckets: LAG_BUCKETS,
    registers,
  });
  const attempts = new Counter({
    name: 'orderpark_dispatch_attempts_total',
    help: 'Attempts to deliver an event to a subscription, by how they ended.',
    labelNames: ['subscription', 'outcome'],
    registers,
  });
  const unread = new Counter({
    name: 'orderpark_sample_errors_total',
    help: 'Times that a gauge could not be read.',
    labelNames: ['gauge'],
    registers,
  });
  return {
    received: (shop, receipt) => deliveries.inc({ shop, receipt }),
    nudged: (lagMs) => lag.observe(Math.max(lagMs, 0) / 1000),
    attempted: (subscription, outcome) => attempts.inc({ subscription, outcome }),
    shopCall: callCounter('shop', 'Calls of a shop, with waits and repeats', registers),
    booksCall: callCounter('books', 'Attempts and look-ups in books', registers),
    gauge({ name, help, labels }, read) {
      const limits = { elapsedMs, leastMs: SAMPLE_LEAST_MS, share: SAMPLE_SHARE };
      const sample = createSampler(read, limits);
      new Gauge({
        name,
        help,
        labelNames: [...labels],
        registers,
        async collect() {
          const samples = await sample().catch((): readonly Sample[] => {
            unread.inc({ gauge: name });
            return [];
          });
          // Where there are no labels, a reset would leave a zero that nobody counted.
          if (labels.length > 0) this.reset();
          else this.remove();
          for (const { labels: of, value } of samples) this.set({ ...of }, value);
        },
      });
    },
    contentType: registry.contentType,
    text: () => registry.metrics(),
  };
}

/** `orderpark_<what>_calls_total` by outcome, and `orderpark_<what>_call_seconds`. */
function callCounter(
  what: 'shop' | 'books',
  help: string,
  registers: Registry[],
): (id: string) => (call: Call) => void {
  const total = new Counter({
    name: `orderpark_${what}_calls_total`,
    help: `${help}, by how they ended.`,
    labelNames: [what, 'method', 'outcome'],
    registers,
  });
  const seconds = new Histogram({
    name: `orderpark_${what}_call_seconds`,
    help: `${help}: how long they took.`,
    labelNames: [what],
    buckets: CALL_BUCKETS,
    registers,
  });
  return (id) => (call) => {
    total.inc({ [what]: id, method: call.method, outcome: outcomeOf(call) });
    seconds.observe({ [what]: id }, call.seconds);
  };
}
