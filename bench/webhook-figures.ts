import { monitorEventLoopDelay } from 'node:perf_hooks';

/** What a process used since it was asked last. */
export interface Figures {
  /** User and system, all threads. */
  readonly cpuMs: number;
  readonly rssMb: number;
  /** Live objects, after a collection where Node runs with `--expose-gc`. */
  readonly heapMb: number;
  /** How much later than it should a timer fired. */
  readonly loopDelayP50Ms: number;
  readonly loopDelayP99Ms: number;
}

const RESOLUTION_MS = 10;
const MEGABYTE = 1024 * 1024;

/** Answers each message of the process that started this one with its figures. */
export function answerFigures(): void {
  const delays = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delays.enable();
  let cpu = process.cpuUsage();
  // Node measures from one tick to the next.
  const delayMs = (percent: number) =>
    Math.max(0, delays.percentile(percent) / 1e6 - RESOLUTION_MS);
  process.on('message', () => {
    const { user, system } = process.cpuUsage(cpu);
    const loopDelayP50Ms = delayMs(50);
    const loopDelayP99Ms = delayMs(99);
    const rssMb = process.memoryUsage.rss() / MEGABYTE;
    globalThis.gc?.();
    const heapMb = process.memoryUsage().heapUsed / MEGABYTE;
    const cpuMs = (user + system) / 1000;
    process.send?.({ cpuMs, rssMb, heapMb, loopDelayP50Ms, loopDelayP99Ms } satisfies Figures);
    delays.reset();
    cpu = process.cpuUsage();
  });
}
