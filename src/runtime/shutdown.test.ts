import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { createLogger } from './logger.js';
import { listenForShutdown } from './shutdown.js';

function bench(deadlineMs: number, togetherMs = 0) {
  const signals = new EventEmitter();
  const codes: number[] = [];
  let onExit = () => {};
  const exited = new Promise<void>((resolve) => {
    onExit = resolve;
  });
  const exit = (code: number) => {
    codes.push(code);
    onExit();
  };
  const logger = createLogger({ level: 'silent', format: 'json' });
  const shutdown = listenForShutdown({ deadlineMs, togetherMs, logger, signals, exit });
  return { signals, codes, exited, shutdown };
}

test('the first signal asks for a clean end, the second ends at once', () => {
  const { signals, codes, shutdown } = bench(60_000);
  expect(shutdown.signal.aborted).toBe(false);
  signals.emit('SIGTERM');
  expect(shutdown.signal.aborted).toBe(true);
  expect(codes).toEqual([]);
  signals.emit('SIGINT');
  expect(codes).toEqual([130]);
  shutdown.done();
});

test('a signal that comes twice at once counts as one', () => {
  const { signals, codes, shutdown } = bench(60_000, 60_000);
  signals.emit('SIGINT');
  signals.emit('SIGINT');
  expect(shutdown.signal.aborted).toBe(true);
  expect(codes).toEqual([]);
  shutdown.done();
});

test('after the deadline it ends hard', async () => {
  const { signals, codes, exited, shutdown } = bench(1);
  signals.emit('SIGTERM');
  // The deadline alone keeps no process alive.
  const alive = setInterval(() => {}, 1000);
  await exited;
  clearInterval(alive);
  expect(codes).toEqual([143]);
  shutdown.done();
});

test('when all is done it no longer listens', () => {
  const { signals, shutdown } = bench(60_000);
  shutdown.done();
  expect(signals.listenerCount('SIGTERM') + signals.listenerCount('SIGINT')).toBe(0);
});
