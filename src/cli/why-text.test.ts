import { describe, expect, it } from 'vitest';
import { anOrder, NOON } from '../../tests/conformance/store/samples.js';
import type { Nudge } from '../store/store.js';
import { whySentences } from './why-text.js';

const DONE: Nudge = {
  id: 1,
  shop: 'main',
  orderId: 7,
  topic: 'order.updated',
  receivedAt: NOON,
  dueAt: '2026-11-20T12:00:01.000Z',
  attempts: 0,
  doneAt: '2026-11-20T12:00:01.200Z',
  outcome: 'taken',
  detail: '',
};
const OPEN: Nudge = { ...DONE, doneAt: null, outcome: null };

function told(...nudges: Nudge[]): string[] {
  const sentences = whySentences({
    order: anOrder(7),
    documents: [],
    postings: [],
    history: [],
    nudges,
    nextBatchAt: NOON,
    nextPollAt: NOON,
    zone: 'Europe/Amsterdam',
    configFile: 'orderpark.yaml',
  });
  return sentences.filter((sentence) => sentence.startsWith('A webhook'));
}

describe('why tells of the webhooks of an order', () => {
  it.each<[string, Partial<Nudge>, string]>([
    ['within a second or so', {}, 'it was read 1.2 s later.'],
    ['after a restart', { doneAt: '2026-11-20T12:25:01.000Z' }, 'it was read 25 min later.'],
    ['after a minute', { doneAt: '2026-11-20T12:01:00.000Z' }, 'it was read 60 s later.'],
    ['after a day', { doneAt: '2026-11-21T12:00:00.000Z' }, 'it was read 24 h later.'],
    ['with a clock set back', { doneAt: '2026-11-20T11:00:00.000Z' }, 'it was read 0.0 s later.'],
    [
      'too old',
      { outcome: 'too-old', detail: 'it is older than webhook.maxAgeDays' },
      'it is older than webhook.maxAgeDays, so it was left to the poll.',
    ],
    ['polled', { outcome: 'polled' }, 'the shop was polled for it.'],
  ])('%s', (_, part, ending) => {
    expect(told({ ...DONE, ...part })).toEqual([
      `A webhook (order.updated) told of it 2026-11-20 13:00; ${ending}`,
    ]);
  });

  it('not acted on yet', () => {
    expect(told(OPEN)[0]).toMatch(/; it is about to be read\.$/);
    const waiting = { ...OPEN, attempts: 2, detail: 'the shop answers 503' };
    expect(told(waiting)[0]).toMatch(
      /; it could not be read yet \(the shop answers 503\) and is tried again 2026-11-20 13:00\.$/,
    );
  });

  it('the oldest first', () => {
    const later = { ...DONE, id: 2, topic: 'order.deleted' };
    expect(told(later, DONE).map((sentence) => sentence.slice(11, 24))).toEqual([
      'order.updated',
      'order.deleted',
    ]);
  });
});
