import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { epochMsOf, instantOf } from '../orders/time.js';
import { type MoveContext, nextState, type PostingEvent } from './next-state.js';

const NOW = Date.parse('2026-11-20T12:00:00.000Z');
const DAY_MS = 86_400_000;
const RETRY = { kind: 'retry', reason: 'busy', scope: 'document' } as const;

function context(attempt: number, more: Partial<MoveContext> = {}): MoveContext {
  const at = instantOf(NOW);
  return {
    posting: { attempt, queuedAt: at, updatedAt: at },
    now: NOW,
    random: 0,
    can: { searchByReference: true, mayRepeat: false },
    ...more,
  };
}

function delayMs(event: PostingEvent, where: MoveContext): number | null {
  const { dueAt } = nextState(event, where);
  return dueAt === null ? null : epochMsOf(dueAt) - where.now;
}

describe('retries', () => {
  test('come after 5 s, 1 min, 5 min, 30 min, 2 h, 6 h, 12 h, then daily', () => {
    const seconds = Array.from({ length: 9 }, (_, index) => {
      return (delayMs(RETRY, context(index + 1)) ?? 0) / 1000;
    });
    expect(seconds).toEqual([5, 60, 300, 1800, 7200, 21_600, 43_200, 86_400, 86_400]);
  });

  test('end after a week with a person being asked', () => {
    let now = NOW;
    let attempt = 0;
    for (;;) {
      attempt += 1;
      const posting = { attempt, queuedAt: instantOf(NOW), updatedAt: instantOf(now) };
      const next = nextState(RETRY, context(attempt, { now, posting }));
      if (next.to === 'rejected') {
        expect(next.reason).toContain('busy');
        expect(next.fix).toBeTruthy();
        break;
      }
      now = epochMsOf(next.dueAt ?? '');
    }
    expect(attempt).toBe(14);
    expect((now - NOW) / DAY_MS).toBeGreaterThan(6);
    expect((now - NOW) / DAY_MS).toBeLessThan(8);
  });

  test('are not used up by restarts of the process', () => {
    expect(nextState(RETRY, context(50)).to).toBe('retrying');
    expect(nextState({ kind: 'absent' }, context(50)).to).toBe('queued');
  });

  test('wait at least as long as the books ask for', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 0, max: DAY_MS }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        fc.constantFrom('document' as const, 'books' as const),
        (attempt, afterMs, random, scope) => {
          const where = context(attempt, { random });
          const delay = delayMs({ ...RETRY, scope, afterMs }, where) ?? -1;
          expect(delay).toBeGreaterThanOrEqual(afterMs);
          expect(delay).toBeGreaterThanOrEqual(5000);
        },
      ),
    );
  });

  test('are spread by up to a tenth', () => {
    expect(delayMs(RETRY, context(2, { random: 0.5 }))).toBe(63_000);
  });

  test('never give a document up while the whole books is out of order', () => {
    const old = { attempt: 99, queuedAt: '2020-01-01T00:00:00.000Z', updatedAt: instantOf(NOW) };
    const next = nextState({ ...RETRY, scope: 'books' }, context(99, { posting: old }));
    expect(next.to).toBe('retrying');
    expect(delayMs({ ...RETRY, scope: 'books' }, context(99))).toBe(1_800_000);
  });
});

describe('an attempt of unknown outcome', () => {
  test('is looked up where the books can be searched', () => {
    const next = nextState({ kind: 'uncertain', reason: 'cut off' }, context(1));
    expect(next).toMatchObject({ to: 'uncertain', reason: 'cut off', from: ['sending'] });
    expect(delayMs({ kind: 'uncertain', reason: '' }, context(1))).toBe(5000);
  });

  test('waits for a person where they cannot', () => {
    const blind = context(1, { can: { searchByReference: false, mayRepeat: false } });
    for (const event of [{ kind: 'uncertain', reason: '' }, { kind: 'abandoned' }] as const) {
      const next = nextState(event, blind);
      expect(next).toMatchObject({ to: 'uncertain', dueAt: null });
      expect(next.fix).toBeTruthy();
    }
  });

  test.each([
    ['that may be searched', { searchByReference: true, mayRepeat: true }, 'uncertain'],
    ['that may get it twice', { searchByReference: false, mayRepeat: true }, 'retrying'],
    ['that may not', { searchByReference: false, mayRepeat: false }, 'uncertain'],
  ] as const)('is made again by itself only in books %s', (_, can, to) => {
    for (const event of [{ kind: 'uncertain', reason: 'lost.' }, { kind: 'abandoned' }] as const) {
      expect(nextState(event, context(1, { can }))).toMatchObject({ from: ['sending'], to });
    }
  });

  test('is made again later each time, and says that it may have arrived', () => {
    const can = { searchByReference: false, mayRepeat: true };
    const event = { kind: 'uncertain', reason: 'cut off.' } as const;
    const delays = [1, 2, 3, 8].map((attempt) => delayMs(event, context(attempt, { can })));
    expect(delays).toEqual([5000, 60_000, 300_000, DAY_MS]);
    expect(nextState(event, context(1, { can })).reason).toMatch(/^cut off\. It may have arrived/);
  });

  test('is a person’s after a week of them', () => {
    const can = { searchByReference: false, mayRepeat: true };
    const posting = {
      attempt: 14,
      queuedAt: instantOf(NOW - 7 * DAY_MS),
      updatedAt: instantOf(NOW),
    };
    const next = nextState({ kind: 'abandoned' }, context(14, { can, posting }));
    expect(next).toMatchObject({ to: 'uncertain', dueAt: null });
    expect(next.fix).toBeTruthy();
  });

  test('of a process that died long ago is looked up at once', () => {
    const posting = {
      attempt: 1,
      queuedAt: instantOf(NOW - DAY_MS),
      updatedAt: instantOf(NOW - 60_000),
    };
    expect(delayMs({ kind: 'abandoned' }, context(1, { posting }))).toBe(0);
    expect(delayMs({ kind: 'abandoned' }, context(1))).toBe(5000);
  });
});

describe('a look-up', () => {
  test('that finds the document books it', () => {
    const next = nextState({ kind: 'found', ref: 'R1' }, context(2));
    expect(next).toMatchObject({ to: 'booked', reference: 'R1', dueAt: null });
  });

  test('that does not find it sends it again', () => {
    expect(nextState({ kind: 'absent' }, context(1))).toMatchObject({
      from: ['uncertain'],
      to: 'queued',
      dueAt: instantOf(NOW),
    });
  });

  test('that tells nothing waits twice as long each time, up to a day', () => {
    const waited = (ms: number) =>
      delayMs(
        { kind: 'unknown', reason: 'down' },
        context(1, {
          posting: { attempt: 1, queuedAt: instantOf(0), updatedAt: instantOf(NOW - ms) },
        }),
      );
    expect([0, 5000, 10_000, 10 * DAY_MS].map(waited)).toEqual([5000, 10_000, 20_000, DAY_MS]);
  });
});

test('something else under our reference asks a person, with the reference', () => {
  const next = nextState({ kind: 'differs', ref: 'R1', detail: 'total is 5' }, context(1));
  expect(next).toMatchObject({ to: 'rejected', reference: 'R1', dueAt: null });
  expect(next.reason).toContain('total is 5');
});

test('every event leads from sending or uncertain to a state with a reason', () => {
  const events: readonly PostingEvent[] = [
    { kind: 'booked', ref: 'r' },
    { kind: 'already-booked', ref: 'r' },
    { kind: 'differs', ref: 'r', detail: 'd' },
    { kind: 'rejected', reason: 'no', fix: 'do' },
    RETRY,
    { kind: 'uncertain', reason: 'u' },
    { kind: 'found', ref: 'r' },
    { kind: 'absent' },
    { kind: 'unknown', reason: 'u' },
    { kind: 'abandoned' },
    { kind: 'unattempted' },
  ];
  for (const event of events) {
    const next = nextState(event, context(1));
    expect(next.reason).not.toBe('');
    expect(['sending', 'uncertain']).toEqual(expect.arrayContaining([...next.from]));
    const isOpen = ['queued', 'retrying', 'uncertain'].includes(next.to);
    expect(next.dueAt !== null, event.kind).toBe(isOpen);
  }
});
