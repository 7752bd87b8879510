import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { standardHeaders } from './standard-webhooks.js';

const MESSAGE = { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', atMs: 1_614_265_330_999 };
const BODY = '{"test": 2432232314}';

test('the published example of the scheme is signed as published', () => {
  expect(standardHeaders(MESSAGE, BODY, 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw')).toEqual({
    'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    'webhook-timestamp': '1614265330',
    'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  });
});

test('a secret without the prefix stands for its own bytes', () => {
  const expected = createHmac('sha256', 'geheim, ë')
    .update(`${MESSAGE.id}.1614265330.${BODY}`)
    .digest('base64');
  const headers = standardHeaders(MESSAGE, BODY, 'geheim, ë');
  expect(headers['webhook-signature']).toBe(`v1,${expected}`);
});

test('without a secret nothing is signed', () => {
  expect(standardHeaders(MESSAGE, BODY, undefined)).toEqual({
    'webhook-id': MESSAGE.id,
    'webhook-timestamp': '1614265330',
  });
});
