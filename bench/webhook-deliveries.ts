import { createHmac } from 'node:crypto';

export const SECRET = 'whsec-of-the-benchmark';
export const PATH = '/webhooks/woocommerce/demo';

/** Orders that the deliveries of the intake benchmark are about, in turn. */
export const DIFFERENT_ORDERS = 512;

/** As much as a recorded order of a few lines. */
const BODY_BYTES = 4096;
const LINE_BYTES = 200;

/** A delivery as WooCommerce sends it, signed: the bytes of its request. */
export function deliveryOf(orderId: number): Buffer {
  const body = bodyOf(orderId);
  const signature = createHmac('sha256', SECRET).update(body).digest('base64');
  const head = [
    `POST ${PATH} HTTP/1.1`,
    'Host: 127.0.0.1',
    'User-Agent: WooCommerce/10.0.2 Hookshot (WordPress/6.8.8)',
    'Accept: */*',
    'Accept-Encoding: deflate, gzip, br, zstd',
    'Content-Type: application/json',
    'X-WC-Webhook-Source: https://shop.example.com/',
    'X-WC-Webhook-Topic: order.updated',
    'X-WC-Webhook-Resource: order',
    'X-WC-Webhook-Event: updated',
    `X-WC-Webhook-Signature: ${signature}`,
    'X-WC-Webhook-ID: 7',
    'X-WC-Webhook-Delivery-ID: 6daaa2af6f0d8ad5aa7a54b644a621de',
    'Connection: keep-alive',
    `Content-Length: ${body.length}`,
  ];
  return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`, 'latin1'), body]);
}

/** JSON of the right size with as many small values as an order has, of which only the id counts. */
function bodyOf(id: number): Buffer {
  const line = {
    id: 1,
    name: 'A thing',
    quantity: 2,
    total: '12.34',
    taxes: [{ id: 1 }],
    meta: '',
  };
  const meta = 'm'.repeat(LINE_BYTES - JSON.stringify(line).length);
  const order = {
    id,
    status: 'processing',
    line_items: Array(19).fill({ ...line, meta }),
    note: '',
  };
  const room = BODY_BYTES - JSON.stringify(order).length;
  return Buffer.from(JSON.stringify({ ...order, note: 'n'.repeat(room) }));
}
