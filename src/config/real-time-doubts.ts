import { isLoopback, isPrivateHost } from './addresses.js';
import type { Path } from './problem.js';
import type { FileConfig } from './schema.js';
import type { Finding } from './zod-issues.js';

type Shop = FileConfig['shops'][number];
type Webhook = NonNullable<Shop['webhook']>;
type Server = FileConfig['server'];

/** What can be meant as it is, and hardly works: only warned of. */
export function realTimeDoubts(file: FileConfig): Finding[] {
  return [
    ...file.shops.flatMap((shop, index) => {
      const path: Path = ['shops', index, 'webhook'];
      return shop.webhook === undefined
        ? []
        : [
            ...secretDoubts(shop.webhook, path),
            ...addressDoubts(shop, [...path, 'url']),
            ...proxyDoubts(shop.webhook, file.server, [...path, 'url']),
          ];
    }),
    ...serverDoubts(file),
  ];
}

function secretDoubts({ secret }: Webhook, path: Path): Finding[] {
  return secret.flatMap((value, index): Finding[] => {
    if (typeof value !== 'string') return [];
    // A secret that is written without a list has no index in the file; its place is found all the same.
    const at = secret.length === 1 ? [...path, 'secret'] : [...path, 'secret', index];
    return [
      ...(HTML_ENTITY.test(value)
        ? [doubt(at, 'has an HTML entity in it, which WooCommerce decodes before signing', RANDOM)]
        : []),
      ...(value.length < SHORTEST
        ? [doubt(at, `has only ${value.length} characters, which can be guessed`, RANDOM)]
        : []),
    ];
  });
}

/** Recorded: secret-with-entity-updated. */
const HTML_ENTITY = /&(#\d+|#x[0-9a-f]+|[a-z][a-z0-9]*);/i;
const SHORTEST = 16;
const RANDOM = 'random letters and digits, as `openssl rand -hex 32` makes them';

/** What `wp_http_validate_url` refuses: such a webhook is made, and no delivery ever leaves. */
function addressDoubts({ webhook, url }: Shop, path: Path): Finding[] {
  if (webhook?.url === undefined) return [];
  const { protocol, hostname, port } = new URL(webhook.url);
  // To itself the shop may deliver wherever it is.
  const isShopItself = hostname === new URL(url).hostname;
  return [
    ...(protocol === 'http:'
      ? [doubt(path, 'is not encrypted: everyone on the way can read orders', 'https://…')]
      : []),
    ...(['', '80', '443', '8080'].includes(port) || isShopItself
      ? []
      : [doubt(path, `is on port ${port}, to which WordPress delivers nothing`, PORTS)]),
    ...(isPrivateHost(hostname) && !isShopItself
      ? [doubt(path, 'is a private address, to which WordPress delivers nothing', PUBLIC)]
      : []),
  ];
}

const PORTS = 'port 443, 80 or 8080';
const PUBLIC = 'a public name, as https://orderpark.example.com';

/** A public address and a server for this machine alone: something stands between. */
function proxyDoubts({ url }: Webhook, server: Server, path: Path): Finding[] {
  if (url === undefined || isPrivateHost(new URL(url).hostname)) return [];
  const { host = '127.0.0.1', trustProxy = 0 } = server ?? {};
  if (!isLoopback(host) || trustProxy !== 0) return [];
  return [
    doubt(
      path,
      'is reached through a proxy, it seems, and all requests would count as its own',
      'server: { trustProxy: 1 } behind one nginx or caddy',
    ),
  ];
}

function serverDoubts({ server, shops }: FileConfig): Finding[] {
  if (server === undefined) return [];
  if (!server.enabled) {
    const isMissed = shops.some(({ webhook }) => webhook !== undefined);
    const path: Path = ['server', 'enabled'];
    return isMissed
      ? [doubt(path, 'keeps every webhook out, and a shop has some', 'true, or no webhook:')]
      : [];
  }
  if (isLoopback(server.host) || server.token !== undefined) return [];
  return [
    doubt(
      ['server', 'host'],
      'can be reached from other machines, without encryption',
      '127.0.0.1 behind a proxy with https; or, in a container, a token beside it',
    ),
  ];
}

function doubt(path: Path, message: string, expected: string): Finding {
  return { kind: 'wrong', path, message, expected };
}
