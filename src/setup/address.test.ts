import { expect, it } from 'vitest';
import { readOwnAddress, readShopAddress } from './address.js';

it.each([
  ['shop.example.com', 'https://shop.example.com'],
  ['  https://Shop.Example.com/  ', 'https://shop.example.com'],
  ['https://shop.example.com/winkel/', 'https://shop.example.com/winkel'],
  ['https://shop.example.com/wp-admin/admin.php?page=wc-settings', 'https://shop.example.com'],
  ['https://shop.example.com/nl/wp-json/wc/v3/orders', 'https://shop.example.com/nl'],
  ['shop.example.com/wp-login.php?redirect_to=x#top', 'https://shop.example.com'],
  ['https://me:word@shop.example.com', 'https://shop.example.com'],
  ['http://shop.example.com', 'https://shop.example.com'],
  ['http://127.0.0.1:8080/', 'http://127.0.0.1:8080'],
  ['localhost:8080', 'http://localhost:8080'],
  ['https://bücher.example', 'https://xn--bcher-kva.example'],
])('%s is the shop at %s', (text, url) => {
  expect(readShopAddress(text, false)).toMatchObject({ ok: true, url });
});

it('tells what it changed beyond a scheme and a slash', () => {
  const changes = (text: string) => {
    const read = readShopAddress(text, false);
    return read.ok ? read.changes : [];
  };
  expect(changes('shop.example.com/')).toEqual([]);
  expect(changes('http://me:word@shop.example.com/wp-admin/x')).toEqual([
    'the user in the address is left out',
    'https instead of http',
    'without /wp-admin/x',
  ]);
});

it('leaves http where the owner allows it', () => {
  expect(readShopAddress('http://shop.lan', true)).toMatchObject({ url: 'http://shop.lan' });
});

it.each(['', 'ftp://shop.example.com', 'https://', 'my shop'])('"%s" is no address', (text) => {
  expect(readShopAddress(text, false)).toMatchObject({ ok: false });
});

it('an address of our own must be one of https', () => {
  expect(readOwnAddress('orderpark.example.com/')).toMatchObject({
    url: 'https://orderpark.example.com',
  });
  expect(readOwnAddress('http://127.0.0.1:8080')).toMatchObject({ ok: false });
});
