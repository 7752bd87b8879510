import { describe, expect, it } from 'vitest';
import { authorisationUrl, isDenial, keyProblem, readGrant } from './authorisation.js';

const NONCE = 'a'.repeat(64);
const POSTED = {
  key_id: 7,
  user_id: NONCE,
  consumer_key: 'ck_1234',
  consumer_secret: 'cs_5678',
  key_permissions: 'read_write',
};

it('the address of the page names us, the scope, the nonce and where to answer', () => {
  const url = new URL(
    authorisationUrl({
      shopUrl: 'https://shop.example/winkel',
      ownUrl: 'https://orderpark.example.com',
      scope: 'read',
      nonce: NONCE,
    }),
  );
  expect(url.origin + url.pathname).toBe('https://shop.example/winkel/wc-auth/v1/authorize');
  expect(Object.fromEntries(url.searchParams)).toEqual({
    app_name: 'orderpark',
    scope: 'read',
    user_id: NONCE,
    return_url: 'https://orderpark.example.com/webhooks/woocommerce-key/done',
    callback_url: 'https://orderpark.example.com/webhooks/woocommerce-key',
  });
});

describe('what is posted to us', () => {
  it('is a key where it carries our nonce', () => {
    expect(readGrant(JSON.stringify(POSTED), NONCE)).toEqual({
      consumerKey: 'ck_1234',
      consumerSecret: 'cs_5678',
      permissions: 'read_write',
    });
  });

  it.each([
    ['another nonce', { ...POSTED, user_id: 'b'.repeat(64) }],
    ['a longer nonce', { ...POSTED, user_id: `${NONCE}a` }],
    ['no nonce', { ...POSTED, user_id: undefined }],
    ['no key', { ...POSTED, consumer_key: undefined }],
    ['key and secret the wrong way round', { ...POSTED, consumer_key: 'cs_5678' }],
    ['a line break in a key', { ...POSTED, consumer_secret: 'cs_5678\nx' }],
    ['unknown permissions', { ...POSTED, key_permissions: 'everything' }],
    ['a list', [POSTED]],
  ])('is none with %s', (_, body) => {
    expect(readGrant(JSON.stringify(body), NONCE)).toBeUndefined();
  });

  it('is none where it is no JSON', () => {
    expect(readGrant('{', NONCE)).toBeUndefined();
  });
});

it('a denial counts with our nonce only', () => {
  const query = (text: string) => new URLSearchParams(text);
  expect(isDenial(query(`success=0&user_id=${NONCE}`), NONCE)).toBe(true);
  expect(isDenial(query(`success=1&user_id=${NONCE}`), NONCE)).toBe(false);
  expect(isDenial(query('success=0&user_id=x'), NONCE)).toBe(false);
  expect(isDenial(query(''), NONCE)).toBe(false);
});

it('a pasted key and secret are told apart by how they begin', () => {
  expect(keyProblem('ck_1', 'key')).toBeUndefined();
  expect(keyProblem('cs_1', 'secret')).toBeUndefined();
  expect(keyProblem('cs_1', 'key')).toBe('secret-as-key');
  expect(keyProblem('ck_1', 'secret')).toBe('key-as-secret');
  for (const text of ['', 'ck_', 'ck_1 2', 'abc']) expect(keyProblem(text, 'key')).toBe('key');
});
