import { describe, expect, it } from 'vitest';
import { recordedJson } from '../../tests/support/recordings.js';
import { readAnswer } from './answer.js';
import { ShopError } from './shop-error.js';
import type { Answer } from './transport.js';

const JUDGE = { shop: 'main', redact: (text: string) => text, nowMs: 0 };

function answer(text: string, status = 200, headers: Record<string, string> = {}): Answer {
  return { status, text, header: (name) => headers[name], startedAtMs: 0, endedAtMs: 0 };
}

function errorOf(given: Answer, expected: 'list' | 'object' = 'list'): ShopError {
  try {
    expected === 'list' ? readAnswer(given, 'list', JUDGE) : readAnswer(given, 'object', JUDGE);
  } catch (error) {
    if (error instanceof ShopError) return error;
    throw error;
  }
  throw new Error('expected a ShopError');
}

describe('a body that is not what it should be', () => {
  it.each([
    ['', /empty body/],
    [' \n\t', /empty body/],
    ['<!DOCTYPE html><html><body>Coming soon</body></html>', /web page/],
    ['<html><body><script>var a = [{"b":1}]</script></body></html>', /web page/],
    ['<br />\n<b>Warning</b>:  Undefined key in x.php\n[{"id":1}]', /notice/],
    ['Deprecated: something in x.php on line 3\n[]', /notice/],
    ['<br />\n<b>Fatal error</b>: out of memory', /notice/],
    ['[{"id":1},{"id":2', /cut off/],
    ['[{"id":1,"name":"Jan de', /cut off/],
    ['[{"id":1,"name":"a ] b } c', /cut off/],
    ['[{"id":1}]<br /><b>Notice</b>: x', /no valid JSON/],
    ['OK', /no valid JSON/],
    ['{"0":{"id":1},"2":{"id":3}}', /expected a list, got an object/],
    ['null', /got null/],
    ['"yes"', /got a string/],
    ['{"code":"rest_error","message":"Something"}', /but the body is an error: rest_error/],
    ['{"code":"x","message":"Not found","data":{"status":404}}', /but the body is an error/],
  ])('is garbled and named: %j', (text, message) => {
    const error = errorOf(answer(text));
    expect(error.kind).toBe('garbled');
    expect(error.message).toMatch(message);
    expect(error.fix).not.toBe('');
  });

  it('is garbled where a list comes in place of an order', () => {
    expect(errorOf(answer('[]'), 'object').message).toMatch(/expected an object, got a list/);
  });

  it('is judged by the status inside it where a proxy made 200 of it', () => {
    const body = JSON.stringify(recordedJson('auth-bad-secret-401'));
    expect(errorOf(answer(body))).toMatchObject({ kind: 'config', details: { status: 401 } });
  });

  it('keeps no more than the start for the quarantine', () => {
    expect(errorOf(answer('x'.repeat(5000))).details.excerpt).toHaveLength(500);
  });
});

describe('a body that is right', () => {
  it('is read with spaces around it', () => {
    expect(readAnswer(answer('\n [] '), 'list', JUDGE)).toEqual([]);
  });

  it('keeps integers that no number can hold, and leaves text and fractions alone', () => {
    const text =
      '[{"rate_id":9223372036854775807,"price":8.256198333333334567,"note":"9223372036854775807, 1","id":44}]';
    expect(readAnswer(answer(text), 'list', JUDGE)).toEqual([
      {
        rate_id: '9223372036854775807',
        price: 8.256198333333334,
        note: '9223372036854775807, 1',
        id: 44,
      },
    ]);
  });
});

describe('a status that is no success', () => {
  it.each([
    [408, '', 'wait'],
    [425, '', 'wait'],
    [500, '<html>Error establishing a database connection</html>', 'spoiled'],
    [501, '{"code":"x","message":"y"}', 'config'],
    [520, '<html></html>', 'wait'],
    [413, '', 'spoiled'],
    [404, '<html>Page not found</html>', 'config'],
    [401, '<html>Authorization Required</html>', 'config'],
    [403, '', 'config'],
    [418, '', 'config'],
  ])('%i %s is %s', (status, text, kind) => {
    expect(errorOf(answer(text, status))).toMatchObject({ kind, details: { status } });
  });

  it('asks for the password of a test site to be taken off', () => {
    const error = errorOf(answer('', 401, { 'www-authenticate': 'Basic realm="staging"' }));
    expect(error.fix).toMatch(/password/);
  });

  it('knows a challenge by its header, whatever its status', () => {
    const error = errorOf(answer('<html>Just a moment', 503, { 'cf-mitigated': 'challenge' }));
    expect(error).toMatchObject({ kind: 'config' });
  });

  it.each([
    ['https://www.shop.example/wp-json/wc/v3/orders?consumer_secret=x', 'https://www.shop.example'],
    ['https://shop.example/winkel/wp-json/wc/v3/orders', 'https://shop.example/winkel'],
    ['https://login.example/sso?back=%2F', 'https://login.example/sso'],
  ])('names the address to configure: %s', (location, target) => {
    const error = errorOf(answer('', 301, { location }));
    expect(error.fix).toContain(`${target},`);
    expect(error.fix).not.toContain('?');
  });

  it('says that it is sent on even where it is not told where to', () => {
    expect(errorOf(answer('', 302))).toMatchObject({ kind: 'config' });
  });
});
