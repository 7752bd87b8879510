import { Presets, SingleBar } from 'cli-progress';
import type { Terminal } from './terminal.js';

/** Long work shown: a bar at a terminal, a plain line now and then elsewhere. */
export interface Progress {
  /** `total` is null where it is not known. */
  update(done: number, total: number | null): void;
  stop(): void;
}

const LINE_EVERY_MS = 10_000;

export function createProgress(terminal: Terminal, label: string, now: () => number): Progress {
  return terminal.isInteractive ? bar(label) : lines(terminal, label, now);
}

function bar(label: string): Progress {
  const shown = new SingleBar(
    {
      format: `${label} {bar} {percentage}% | {value} of {total} | {eta_formatted} to go`,
      hideCursor: true,
      clearOnComplete: true,
      etaBuffer: 50,
    },
    Presets.shades_classic,
  );
  let isStarted = false;
  return {
    update(done, total) {
      if (total === null || total === 0) return;
      if (!isStarted) shown.start(total, 0);
      isStarted = true;
      shown.setTotal(Math.max(total, done));
      shown.update(done);
    },
    stop() {
      if (isStarted) shown.stop();
    },
  };
}

function lines(terminal: Terminal, label: string, now: () => number): Progress {
  const startedMs = now();
  let nextLineMs = startedMs + LINE_EVERY_MS;
  return {
    update(done, total) {
      const nowMs = now();
      if (nowMs < nextLineMs) return;
      nextLineMs = nowMs + LINE_EVERY_MS;
      const left = total === null || done === 0 ? '' : remaining(done, total, nowMs - startedMs);
      terminal.err(`${label}: ${done}${total === null ? '' : ` of ${total}`}${left}\n`);
    },
    stop() {},
  };
}

function remaining(done: number, total: number, elapsedMs: number): string {
  const seconds = Math.round((elapsedMs / done) * Math.max(0, total - done)) / 1000;
  return seconds < 90
    ? `, about ${Math.ceil(seconds)} s to go`
    : `, about ${Math.ceil(seconds / 60)} min to go`;
}
