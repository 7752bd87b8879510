import { expect, test } from 'vitest';
import type { DeliveryEnd, Phase } from './delivery.js';
import { outcomeOf } from './outcome.js';

type Failed = Parameters<typeof outcomeOf>[0];
type Broken = Extract<DeliveryEnd, { kind: 'broken' }>;
type Step = Extract<DeliveryEnd, { kind: 'refused' }>['step'];

const WHERE = { books: 'post', server: 'mail.example.com:587' };

const broken = (phase: Phase, cause: Broken['cause']): Failed => ({
  kind: 'broken',
  phase,
  cause,
  detail: 'what happened',
});
const refused = (step: Step, code: number): Failed => ({
  kind: 'refused',
  step,
  reply: { code, text: `${code} what it said` },
});
const recipients = (codes: readonly number[], accepted: readonly string[] = []): Failed => ({
  kind: 'recipients-refused',
  refused: codes.map((code, index) => ({
    address: `reader${index}@example.com`,
    reply: { code, text: `${code} what it said` },
  })),
  accepted,
});

test.each([
  // Nothing was sent: the next attempt may do better, and every document would fare the same.
  ['no connection', broken('connecting', 'lost'), 'retry books'],
  ['no answer at first', broken('connecting', 'silent'), 'retry books'],
  ['no TLS that can be trusted', broken('connecting', 'untrusted'), 'retry books'],
  ['cut off at the login', broken('login', 'lost'), 'retry books'],
  ['cut off at the addresses', broken('envelope', 'lost'), 'retry books'],
  ['silence at the addresses', broken('envelope', 'silent'), 'retry books'],
  // We stopped ourselves: that is no fault of the books.
  ['stopped before connecting', broken('connecting', 'stopped'), 'retry document'],
  ['stopped at the addresses', broken('envelope', 'stopped'), 'retry document'],
  ['stopped in the middle of the mail', broken('content', 'stopped'), 'retry document'],
  ['stopped once the mail had ended', broken('answer', 'stopped'), 'uncertain'],
  ['cut off in the middle of the mail', broken('content', 'lost'), 'retry document'],
  ['silence in the middle of the mail', broken('content', 'silent'), 'retry document'],
  ['cut off once the mail had ended', broken('answer', 'lost'), 'uncertain'],
  ['silence once the mail had ended', broken('answer', 'silent'), 'uncertain'],
  // The server refuses everything.
  ['a greeting of 554', refused('connection', 554), 'retry books'],
  ['a greeting of 421', refused('connection', 421), 'retry books'],
  ['a wrong password', refused('login', 535), 'retry books'],
  ['no login for now', refused('login', 454), 'retry books'],
  ['a sender that may not', refused('sender', 550), 'retry books'],
  ['a sender for whom it is too early', refused('sender', 450), 'retry books'],
  ['a sender who must log in', refused('sender', 530), 'retry books'],
  // The server refuses this mail.
  ['announced as too large', refused('sender', 552), 'rejected'],
  ['too large', refused('content', 552), 'rejected'],
  ['taken for spam', refused('content', 554), 'rejected'],
  ['not now', refused('content', 451), 'retry document'],
  ['a session out of step', refused('content', 503), 'retry document'],
  ['closing in the middle', refused('content', 421), 'retry books'],
  ['one reader for now', recipients([450]), 'retry document'],
  ['one reader for good', recipients([550]), 'rejected'],
  ['one for good and one for now', recipients([450, 550]), 'rejected'],
  ['readers whom one without a login cannot reach', recipients([530]), 'retry books'],
  ['closing at the readers', recipients([550, 421]), 'retry books'],
  ['some got it all the same', recipients([550], ['b@example.com']), 'rejected'],
])('%s', (_, end, expected) => {
  const outcome = outcomeOf(end, WHERE);
  expect(outcome.kind === 'retry' ? `retry ${outcome.scope}` : outcome.kind).toBe(expected);
});

test('what needs a person says what to do, and where', () => {
  const needy = [refused('login', 535), refused('sender', 550), broken('connecting', 'untrusted')];
  for (const end of needy) {
    expect(outcomeOf(end, WHERE)).toMatchObject({
      reason: expect.stringMatching(/mail\.example\.com:587.*books post/s),
    });
  }
  expect(outcomeOf(recipients([550]), WHERE)).toMatchObject({
    reason:
      'mail.example.com:587 refused reader0@example.com (550 what it said). The mail went to nobody.',
    fix: expect.stringContaining('byShop of the books post'),
  });
});

test('a mail that only some got names them all', () => {
  const outcome = outcomeOf(recipients([550], ['b@example.com']), WHERE);
  expect(outcome).toMatchObject({
    reason: expect.stringMatching(/for b@example\.com and refused reader0@example\.com/),
    fix: expect.stringContaining('mark this posting as booked'),
  });
});
