import { HttpResponse } from 'msw';
import { createShopClient, type ShopClientOptions } from '../../src/woocommerce/client.js';
import type { Recording } from './recordings.js';

export const KEY = `ck_${'1'.repeat(40)}`;
export const SECRET = `cs_${'1'.repeat(40)}`;
export const NOW_MS = Date.parse('2026-11-20T16:00:00Z');

/** Every path of the recorded shop, with and without TLS. */
export const ANY_HTTPS = 'https://shop.example/*';
export const ANY_HTTP = 'http://shop.example/*';

/** The recorded answer, byte for byte; hop-by-hop headers are the connection's own affair. */
export function replay({ response }: Recording): HttpResponse<ArrayBuffer> {
  const headers = response.headers.filter(
    ([name]) => !/^(transfer-encoding|connection|content-length)$/i.test(name),
  );
  return HttpResponse.arrayBuffer(Uint8Array.from(response.bytes).buffer, {
    status: response.status,
    headers: [...headers, ['Content-Length', String(response.bytes.length)]],
  });
}

/** A client of the recorded shop whose back-off takes no time. */
export function testClient(options: Partial<ShopClientOptions> = {}) {
  return createShopClient({
    shop: 'main',
    url: 'https://shop.example',
    consumerKey: KEY,
    consumerSecret: SECRET,
    clock: { now: () => NOW_MS },
    random: () => 0,
    sleep: async () => {},
    ...options,
  });
}
