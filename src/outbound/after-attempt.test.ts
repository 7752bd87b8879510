import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { aDispatch, aSubscription } from '../../tests/support/outbound.js';
import { epochMsOf, instantOf } from '../orders/time.js';
import type { Dispatch, StoredSubscription } from '../store/store.js';
import { type Aftermath, afterAttempt, type Outcome } from './after-attempt.js';

const START_MS = Date.parse('2026-11-20T12:00:00.000Z');
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const SCHEDULE = [5 * SECOND, MINUTE, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 6 * HOUR, 12 * HOUR, DAY];
const FAILED: Outcome = { kind: 'failed', reason: 'it answered 503' };

function following(
  outcome: Outcome,
  part: {
    dispatch?: Partial<Dispatch>;
    subscription?: Partial<StoredSubscription>;
    nowMs?: number;
    random?: number;
  } = {},
): Aftermath {
  const { nowMs = START_MS, random = 0 } = part;
  return afterAttempt(outcome, {
    dispatch: aDispatch(part.dispatch),
    subscription: aSubscription(part.subscription),
    startedMs: nowMs,
    nowMs,
    random,
  });
}

/** One event that fails each time it is due, as stored in between; answers each wait. */
function failing(randoms: () => number, outcome: Outcome = FAILED) {
  let dispatch = aDispatch();
  let subscription = aSubscription();
  let nowMs = START_MS;
  const waitsMs: number[] = [];
  for (;;) {
    const context = { dispatch, subscription, startedMs: nowMs, nowMs, random: randoms() };
    const { move, subscription: next } = afterAttempt(outcome, context);
    const { firstTriedAt, dueAt } = move;
    dispatch = { ...dispatch, attempts: move.attempts + 1, firstTriedAt, dueAt, state: move.to };
    subscription = next;
    if (dueAt === null) return { waitsMs, dispatch, subscription, lastMs: nowMs };
    waitsMs.push(epochMsOf(dueAt) - nowMs);
    nowMs = epochMsOf(dueAt);
  }
}

describe('an attempt that failed', () => {
  test('is repeated by the schedule, then daily, for five days and no longer', () => {
    fc.assert(
      fc.property(fc.infiniteStream(fc.double({ min: 0, max: 0.999, noNaN: true })), (chance) => {
        const { waitsMs, dispatch, lastMs } = failing(() => chance.next().value);
        for (const [index, waitMs] of waitsMs.entries()) {
          const least = SCHEDULE[index] ?? DAY;
          expect(waitMs).toBeGreaterThanOrEqual(least);
          expect(waitMs).toBeLessThanOrEqual(least * 1.1 + 1);
        }
        expect(dispatch.state).toBe('failed');
        expect(lastMs - START_MS).toBeLessThanOrEqual(5 * DAY);
        expect(lastMs - START_MS).toBeGreaterThan(3.6 * DAY);
        expect([11, 12]).toContain(dispatch.attempts);
      }),
    );
  });

  test('waits for as long as its receiver asked, within the day', () => {
    fc.assert(
      fc.property(fc.nat(11), fc.nat(3 * DAY), (attempts, afterMs) => {
        const { move } = following({ ...FAILED, afterMs }, { dispatch: { attempts } });
        const waitMs = epochMsOf(move.dueAt ?? '') - START_MS;
        expect(waitMs).toBe(Math.max(SCHEDULE[attempts] ?? DAY, Math.min(afterMs, DAY)));
      }),
    );
  });

  test('a receiver that always asks for a day gets its five days too', () => {
    const { dispatch, waitsMs } = failing(() => 0, { ...FAILED, afterMs: DAY });
    expect(dispatch).toMatchObject({ state: 'failed', attempts: 6 });
    expect(waitsMs).toEqual(Array(5).fill(DAY));
  });

  test('is counted for its subscription, from the first on', () => {
    const first = following(FAILED).subscription;
    expect(first).toMatchObject({ failures: 1, failingSince: instantOf(START_MS), enabled: true });
    const known = { failures: 4, failingSince: '2026-11-19T12:00:00.000Z' };
    expect(following(FAILED, { subscription: known }).subscription).toMatchObject({
      failures: 5,
      failingSince: known.failingSince,
    });
  });

  test('one made after a long stop is the first of five days all the same', () => {
    const nowMs = START_MS + 30 * DAY;
    expect(following(FAILED, { nowMs }).move).toMatchObject({ to: 'waiting' });
  });
});

describe('a subscription is disabled', () => {
  test('with the end of the first event, where nothing else arrived in those days', () => {
    const { subscription, lastMs } = failing(() => 0);
    expect(subscription).toMatchObject({
      enabled: false,
      disabledAt: instantOf(lastMs),
      disabledReason: `All 12 attempts since ${instantOf(START_MS)} failed; the last time it answered 503.`,
    });
  });

  test('after five days and ten failures, and not before both', () => {
    const disabled = (days: number, failures: number) => {
      const failingSince = instantOf(START_MS - days * DAY);
      return !following(FAILED, { subscription: { failingSince, failures } }).subscription.enabled;
    };
    expect(disabled(5.1, 9)).toBe(true);
    expect(disabled(5.1, 8)).toBe(false);
    expect(disabled(4.9, 500)).toBe(false);
  });

  test('at once where it answers 410, and the event is not tried again', () => {
    const { move, subscription } = following({ kind: 'gone', reason: 'it answered 410 (gone)' });
    expect(move).toMatchObject({ to: 'failed', dueAt: null });
    expect(subscription).toMatchObject({
      enabled: false,
      disabledAt: instantOf(START_MS),
      disabledReason: 'It answered 410 (gone): it wants nothing more.',
    });
  });

  test('not by us where a person was faster', () => {
    const person = { enabled: false };
    const gone = following({ kind: 'gone', reason: 'gone' }, { subscription: person }).subscription;
    expect(gone).toMatchObject({ enabled: false, disabledAt: null, disabledReason: null });
  });
});

test('one that was taken ends all failing', () => {
  const { move, subscription } = following(
    { kind: 'delivered' },
    { subscription: { failures: 9, failingSince: '2026-11-19T12:00:00.000Z' } },
  );
  expect(move).toMatchObject({ to: 'delivered', dueAt: null, attempts: 0 });
  expect(subscription).toMatchObject({
    failures: 0,
    failingSince: null,
    deliveredAt: instantOf(START_MS),
  });
});
