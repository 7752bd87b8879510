import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { isSigned } from './signature.js';

const BODY = Buffer.from('{"id":1042,"note":"café"}');
const sign = (secret: string) => createHmac('sha256', secret).update(BODY).digest('base64');

describe('the signature of a delivery', () => {
  it.each(['whsec-plain-0001', '& < > " \' \\', 'two words', '🔑'])(
    'verifies with the secret %s as given',
    (secret) => {
      expect(isSigned(BODY, sign(secret), [secret])).toBe(true);
    },
  );

  it('may be by either of two secrets, and by no third', () => {
    expect(isSigned(BODY, sign('new'), ['new', 'old'])).toBe(true);
    expect(isSigned(BODY, sign('old'), ['new', 'old'])).toBe(true);
    expect(isSigned(BODY, sign('older'), ['new', 'old'])).toBe(false);
  });

  it('is of these bytes only', () => {
    const other = Buffer.from(BODY);
    other[0] = 0x20;
    expect(isSigned(other, sign('s'), ['s'])).toBe(false);
    expect(isSigned(Buffer.alloc(0), sign('s'), ['s'])).toBe(false);
  });

  it.each([
    undefined,
    '',
    ' ',
    'x'.repeat(44),
    sign('s').slice(0, -1),
    `${sign('s')}=`,
    sign('s').replaceAll('=', ''),
    sign('s').toLowerCase(),
    `sha256=${sign('s')}`,
    'ÿ'.repeat(44),
  ])('%s is not one', (signature) => {
    expect(isSigned(BODY, signature, ['s'])).toBe(false);
  });

  it('made with an empty secret is not one, even where the empty secret is configured', () => {
    expect(isSigned(BODY, sign(''), [''])).toBe(false);
    expect(isSigned(BODY, sign(''), [])).toBe(false);
  });
});
