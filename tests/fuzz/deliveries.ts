import { deliveryNames, loadDelivery, sign } from '../support/webhooks.js';
import type { Random } from './random.js';

/* Requests at the receiver: recorded deliveries with something changed, and plain noise. */

export interface FuzzShop {
  readonly id: string;
  readonly secrets: readonly string[];
}

export interface FuzzRequest {
  readonly path: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer;
  /** Worked out apart from the code: the signature is that of the bytes, with a secret of the shop. */
  readonly isAuthentic: boolean;
  /** It says that it is compressed, so that other bytes than these are judged. */
  readonly isPacked: boolean;
}

const RECORDED = deliveryNames()
  .map(loadDelivery)
  // The longest are kept for other tests: here it is the number that counts.
  .filter(({ body }) => body.length < 6000);

const TOPICS = [
  ...['order.created', 'order.updated', 'order.deleted', 'order.restored'],
  ...['product.updated', 'order.', 'order.updated\t', '', 'x'.repeat(300), 'öäü', '__proto__'],
];
const VALUES = [
  ...['0', '-1', '1e400', '9007199254740993', 'null', 'true', '""', '"\\u0000"', '"\\ud800"'],
  ...['{}', '[]', '[[[[[[[[]]]]]]]]', '"7"', '1.5', '{"id":7}', '1042'],
];
const ENCODINGS = ['gzip', 'deflate', 'br', 'identity', 'rot13', 'gzip, gzip', ''];
const TYPES = ['application/json', 'application/x-www-form-urlencoded', 'text/html', ';', ''];
const NAMES = ['X-Forwarded-For', 'X-WC-Webhook-Source', 'Expect', 'Cookie', 'Transfer-Codings'];
const PATHS = ['', '/', '//', '/%2e%2e', '?x=1', '?licensekey=lk', '%00', '#'];

/** Deterministic in `random`. */
export function fuzzRequest(random: Random, shops: readonly FuzzShop[]): FuzzRequest {
  const shop = random.pick(shops);
  const recorded = random.pick(RECORDED);
  const body = random.oneIn(4) ? noise(random) : mutatedBody(random, recorded.body);
  const kept = recorded.headers.filter(([name]) => !OWN.test(name));
  const headers = mutatedHeaders(random, kept);
  const signature = signatureOf(random, shop, body);
  if (signature !== undefined) headers.push(['X-WC-Webhook-Signature', signature]);
  if (random.oneIn(50)) headers.push(['X-WC-Webhook-Signature', sign(body, 'another')]);
  const path = pathOf(random, shop);
  const isPacked = headers.some(([name]) => name === 'Content-Encoding');
  return { path, headers, body, isPacked, isAuthentic: isAuthentic(path, shops, headers, body) };
}

/** Put by the sender, or anew. */
const OWN = /^(host|connection|content-length|transfer-encoding|x-wc-webhook-signature)$/i;

function pathOf(random: Random, shop: FuzzShop): string {
  const path = `/webhooks/woocommerce/${random.oneIn(40) ? 'other' : shop.id}`;
  return random.oneIn(40) ? `${path}${random.pick(PATHS)}` : path;
}

function signatureOf(random: Random, { secrets }: FuzzShop, body: Buffer): string | undefined {
  switch (random.int(8)) {
    case 0:
      return undefined;
    case 1:
      return noise(random).toString('base64').slice(0, random.int(100));
    case 2:
      return sign(body, 'another secret');
    case 3:
      return flipped(random, sign(body, random.pick(secrets)));
    default:
      return sign(body, random.pick(secrets));
  }
}

function flipped(random: Random, text: string): string {
  const at = random.int(text.length);
  return `${text.slice(0, at)}${random.pick(['A', 'b', '=', '/', ''])}${text.slice(at + 1)}`;
}

/** By the headers as they stand: repeated ones never verify, and spaces at the ends do not count. */
function isAuthentic(
  path: string,
  shops: readonly FuzzShop[],
  headers: FuzzRequest['headers'],
  body: Buffer,
): boolean {
  const shop = shops.find(({ id }) => path.split(/[?#]/)[0]?.split('/')[3] === id);
  const given = headers.filter(([name]) => /^x-wc-webhook-signature$/i.test(name));
  const [signature, ...more] = given.map(([, value]) => value.trim());
  if (shop === undefined || signature === undefined || more.length > 0) return false;
  return shop.secrets.some((secret) => sign(body, secret) === signature);
}

function mutatedHeaders(random: Random, kept: FuzzRequest['headers']): [string, string][] {
  const headers = kept.map(([name, value]): [string, string] => [name, value]);
  for (let changes = random.int(3); changes > 0; changes -= 1) {
    const at = random.int(headers.length);
    switch (random.int(7)) {
      case 0:
        headers.splice(at, 1);
        break;
      case 1:
        headers.push(['X-WC-Webhook-Topic', random.pick(TOPICS)]);
        break;
      case 2: {
        const topic = headers.find(([name]) => name === 'X-WC-Webhook-Topic');
        if (topic) topic[1] = random.pick(TOPICS);
        break;
      }
      case 3:
        headers.push(['Content-Type', random.pick(TYPES)]);
        break;
      case 4:
        if (random.oneIn(3)) headers.push(['Content-Encoding', random.pick(ENCODINGS)]);
        break;
      case 5:
        headers.push([random.pick(NAMES), headerText(random)]);
        break;
      default:
        headers.push(['X-WC-Webhook-Resource', random.pick(['order', 'product', ''])]);
    }
  }
  return headers;
}

/** What a header may hold: more is refused before we see it. */
function headerText(random: Random): string {
  const bytes = noise(random).map((byte) => (byte < 32 || byte === 127 ? 63 : byte));
  return Buffer.from(bytes).toString('latin1').slice(0, 200);
}

function noise(random: Random): Buffer {
  const length = random.oneIn(100) ? random.int(20_000) : random.int(200);
  const bytes = Buffer.allocUnsafe(length);
  for (let at = 0; at < length; at += 1) bytes[at] = random.int(256);
  return bytes;
}

function mutatedBody(random: Random, body: Buffer): Buffer {
  let text = body.toString('utf8');
  for (let changes = random.int(3); changes > 0; changes -= 1) text = mutatedText(random, text);
  const bytes = Buffer.from(text);
  if (random.oneIn(8) && bytes.length > 0) bytes[random.int(bytes.length)] = random.int(256);
  return bytes;
}

function mutatedText(random: Random, text: string): string {
  const at = random.int(text.length + 1);
  switch (random.int(7)) {
    case 0:
      return text.slice(0, at);
    case 1:
      return text.replace(/"id":\d+/, `"id":${random.pick(VALUES)}`);
    case 2:
      return text.replace(/"id":\d+,?/, '');
    case 3:
      return `${text.slice(0, at)}${random.pick(VALUES)}${text.slice(at)}`;
    case 4:
      return `{"__proto__":{"id":1},"constructor":${text || 'null'}}`;
    case 5:
      return `${'['.repeat(random.int(2000))}${text}`;
    default:
      return `${text}${text.slice(at)}`;
  }
}
