import { createHmac } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { expect, test } from 'vitest';
import { standardHeaders } from './standard-webhooks.js';

const MESSAGE = { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', atMs: 1_614_265_330_999 };
const BODY = '{"test": 2432232314}';

test('the published example of the scheme is signed as published', () => {
  expect(standardHeaders(MESSAGE, BODY, ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'])).toEqual({
    'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    'webhook-timestamp': '1614265330',
    'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  });
});

test('a secret without the prefix stands for its own bytes', () => {
  const expected = createHmac('sha256', 'geheim, ë')
    .update(`${MESSAGE.id}.1614265330.${BODY}`)
    .digest('base64');
  const headers = standardHeaders(MESSAGE, BODY, ['geheim, ë']);
  expect(headers['webhook-signature']).toBe(`v1,${expected}`);
});

test('without a secret nothing is signed', () => {
  expect(standardHeaders(MESSAGE, BODY, [])).toEqual({
    'webhook-id': MESSAGE.id,
    'webhook-timestamp': '1614265330',
  });
});

test('the library of the scheme takes what we sign, with either secret while one is replaced', () => {
  const secrets = ['one', 'two'].map((text) => `whsec_${Buffer.from(text).toString('base64')}`);
  const atMs = Date.now();
  const headers = { ...standardHeaders({ id: 'evt_1', atMs }, BODY, secrets) };
  for (const secret of secrets) {
    expect(new Webhook(secret).verify(BODY, headers)).toEqual(JSON.parse(BODY));
    expect(() => new Webhook(secret).verify(`${BODY} `, headers)).toThrow('signature');
  }
  const other = `whsec_${Buffer.from('three').toString('base64')}`;
  expect(() => new Webhook(other).verify(BODY, headers)).toThrow('signature');
});
