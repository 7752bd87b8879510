import { isIP } from 'node:net';

export interface WebhookWarning {
  readonly message: string;
  readonly fix: string;
}

/** What WordPress would refuse to deliver to, though it makes the webhook (README fact 12). */
export function addressWarnings(url: string, shopUrl: string): WebhookWarning[] {
  if (!URL.canParse(url)) {
    return [{ message: `${url} is no web address`, fix: FIX_ADDRESS }];
  }
  const { protocol, hostname, port } = new URL(url);
  // To itself a shop delivers wherever it is.
  const isShopItself = URL.canParse(shopUrl) && new URL(shopUrl).hostname === hostname;
  const warnings: WebhookWarning[] = [];
  if (protocol !== 'https:') {
    warnings.push({
      message: 'the address is plain http: everyone on the way can read the orders',
      fix: FIX_ADDRESS,
    });
  }
  if (!isShopItself && !['', '80', '443', '8080'].includes(port)) {
    warnings.push({
      message: `WordPress delivers nothing to port ${port}`,
      fix: 'Use port 443 (or 80, or 8080), for example through a reverse proxy.',
    });
  }
  if (!isShopItself && isPrivate(hostname)) {
    warnings.push({
      message: `WordPress delivers nothing to ${hostname}, which is not a public address`,
      fix: FIX_ADDRESS,
    });
  }
  return warnings;
}

const FIX_ADDRESS =
  'Set the url under webhook to an https address with a public name, as https://orderpark.example.com.';

/** WordPress refuses loopback, private IPv4 addresses, and IPv6 addresses altogether. */
function isPrivate(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
  if (isIP(host) === 6) return true;
  if (isIP(host) === 4) return /^(0|10|127)\.|^192\.168\.|^172\.(1[6-9]|2\d|3[01])\./.test(host);
  return !host.includes('.') || /\.(localhost|local|lan|internal|home\.arpa)$/.test(host);
}

/** Recorded: secret-with-entity-updated. */
export function secretWarnings(secrets: readonly string[]): WebhookWarning[] {
  if (!secrets.some((secret) => ENTITY.test(secret))) return [];
  return [
    {
      message:
        'a webhook secret has an HTML entity in it: the shop decodes it, and signs with another',
      fix: 'Use a secret of letters and digits alone, as `openssl rand -hex 32` makes it.',
    },
  ];
}

/** What WordPress decodes before it signs. */
const ENTITY = /&(amp|lt|gt|quot|apos|#0*(34|38|39|60|62)|#x0*(22|26|27|3c|3e));/i;
