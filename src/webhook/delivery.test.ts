import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { headersFor, sign } from '../../tests/support/webhooks.js';
import { judgeDelivery, ORDER_TOPICS } from './delivery.js';

const SECRET = 'whsec-plain-0001';
const SECRETS = ['whsec-new-0002', SECRET];

type Headers = Record<string, string | string[] | undefined>;

/** A signed body, with these headers put in place of WooCommerce's. */
function judged(
  body: string | Buffer,
  headers: Headers = {},
  secrets: readonly string[] = SECRETS,
) {
  const bytes = Buffer.from(body);
  return judgeDelivery(
    { headers: { ...headersFor(bytes, SECRET), ...headers }, body: bytes },
    secrets,
  );
}

describe('a delivery that is signed', () => {
  it.each(['order.created', 'order.updated', 'order.deleted', 'order.restored'])(
    '%s is a nudge for its order',
    (topic) => {
      const nudge = { kind: 'nudge', orderId: 1042, topic };
      expect(judged('{"id":1042}', { 'x-wc-webhook-topic': topic })).toEqual(nudge);
    },
  );

  it.each(['coupon.created', 'order', 'ORDER.UPDATED', 'order.updated ', 'action.x', ''])(
    'with the topic "%s" is of no use, and nothing is looked at',
    (topic) => {
      const verdict = judged('{"id":1042}', { 'x-wc-webhook-topic': topic });
      expect(verdict).toMatchObject({ kind: 'unusable', look: false });
    },
  );

  it('with a topic of orders and another resource is of no use, and is looked at', () => {
    const verdict = judged('{"id":1042}', { 'x-wc-webhook-resource': 'product' });
    expect(verdict).toMatchObject({ kind: 'unusable', look: true });
    expect(judged('{"id":1042}', { 'x-wc-webhook-resource': undefined }).kind).toBe('nudge');
  });

  it.each([
    '{"id":"1042"}',
    '{"id":0}',
    '{"id":-1}',
    '{"id":1.5}',
    '{"id":1e300}',
    '{"id":9007199254740993}',
    '{"id":null}',
    '{"ID":1042}',
    '[{"id":1042}]',
    '[]',
    'null',
    '"1042"',
    '{}',
    '{"__proto__":{"id":1042}}',
  ])('%s has no order id: it is of no use, and is looked at', (body) => {
    expect(judged(body)).toMatchObject({ kind: 'unusable', look: true });
  });

  it.each([
    '{"id":1042,"status":"processing"}',
    '{ "id": 1042, "status": "processing" }',
    '{"status":"processing","id":1042}',
  ])('%s names its order, wherever its id stands', (body) => {
    expect(judged(body)).toMatchObject({ kind: 'nudge', orderId: 1042 });
  });

  it.each([
    '{"id":-1042,"status":""}',
    '{"id":0,"status":""}',
    '{"id":01042,"status":""}',
    '{"id":99999999999999999,"status":""}',
    '{"id":1042,"status":"cut o',
  ])('%s names none', (body) => {
    expect(judged(body)).toMatchObject({ kind: 'unusable', look: true });
  });

  it('is judged by its beginning as it would be by the whole', () => {
    const id = fc.oneof(fc.integer(), fc.maxSafeInteger(), fc.double(), fc.jsonValue());
    const rest = fc.dictionary(fc.string(), fc.jsonValue());
    fc.assert(
      fc.property(id, rest, fc.constantFrom(...ORDER_TOPICS), (value, more, topic) => {
        const body = JSON.stringify({ id: value, ...more, code: 'c', message: 'm' });
        // With a space before it, the whole is parsed.
        const [byStart, byAll] = [body, ` ${body}`].map((bytes) =>
          judged(bytes, { 'x-wc-webhook-topic': topic }),
        );
        expect(byStart).toEqual(byAll);
      }),
    );
  });

  it.each([
    ['whose id stands there twice', '{"id":5,"id":6}'],
    ['that is broken further on', '{"id":5,"status":}'],
    ['with bytes that are no text', Buffer.from('{"id":5,"name":"\xff\xfe"}', 'latin1')],
  ])('%s names the order that it begins with', (_, body) => {
    expect(judged(body)).toMatchObject({ kind: 'nudge', orderId: 5 });
  });

  it.each(['', '{"id":1042', 'id=1042', '<html>', '\ufeff{"id":1042}', '\u0000'])(
    '"%s" is no JSON: it is of no use, and is looked at',
    (body) => {
      const reason = 'its body is no JSON';
      expect(judged(body)).toMatchObject({ kind: 'unusable', reason, look: true });
    },
  );

  it('survives any depth and any bytes', () => {
    expect(judged(`${'['.repeat(200_000)}${']'.repeat(200_000)}`).kind).toBe('unusable');
    expect(judged(Buffer.from([0xff, 0xfe, 0x00, 0x80])).kind).toBe('unusable');
  });

  it('that is an error object says what the shop said, in bounds', () => {
    const error = { code: 'woocommerce_rest_cannot_view', message: 'x'.repeat(5000) };
    const verdict = judged(JSON.stringify(error));
    expect(verdict).toMatchObject({
      kind: 'unusable',
      reason: expect.stringContaining('woocommerce_rest_cannot_view'),
      fix: expect.stringContaining('no rights'),
    });
    expect('reason' in verdict && verdict.reason.length).toBe(300);
  });
});

describe('a delivery that is not authentic', () => {
  it.each<[string, Headers]>([
    ['not signed', { 'x-wc-webhook-signature': undefined }],
    ['signed with nothing', { 'x-wc-webhook-signature': '' }],
    ['signed with another secret', { 'x-wc-webhook-signature': sign('{"id":1}', 'other') }],
    ['signed twice', { 'x-wc-webhook-signature': [sign('{"id":1}', SECRET)] }],
  ])('%s', (_, headers) => {
    expect(judged('{"id":1}', headers).kind).toBe('unauthentic');
  });

  it('is every one where no secret is configured', () => {
    expect(judged('{"id":1}', {}, []).kind).toBe('unauthentic');
  });

  it('does not tell the expected signature', () => {
    const verdict = judged('{"id":1}', { 'x-wc-webhook-signature': 'no' });
    expect(JSON.stringify(verdict)).not.toContain(sign('{"id":1}', SECRET));
  });
});

describe('the ping', () => {
  const FORM = 'application/x-www-form-urlencoded';
  const ping = (body: string, headers: Headers) =>
    judgeDelivery({ headers, body: Buffer.from(body) }, SECRETS).kind;

  it('is an unsigned form that names a webhook', () => {
    expect(ping('webhook_id=12', { 'content-type': FORM })).toBe('ping');
    expect(ping('webhook_id=12', { 'content-type': `${FORM}; charset=UTF-8` })).toBe('ping');
  });

  it.each<[string, string, Headers]>([
    ['of another type', 'webhook_id=12', { 'content-type': 'application/json' }],
    ['without a type', 'webhook_id=12', {}],
    ['with more in it', 'webhook_id=12&id=3', { 'content-type': FORM }],
    ['without a number', 'webhook_id=x', { 'content-type': FORM }],
    ['too long', `webhook_id=${'1'.repeat(60)}`, { 'content-type': FORM }],
    ['signed wrongly', 'webhook_id=12', { 'content-type': FORM, 'x-wc-webhook-signature': 'x' }],
  ])('is not one %s', (_, body, headers) => {
    expect(ping(body, headers)).toBe('unauthentic');
  });
});
