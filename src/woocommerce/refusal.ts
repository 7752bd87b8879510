import { parseRetryAfterMs } from '../runtime/retry-after.js';
import type { Judge } from './answer.js';
import { errorSchema } from './schemas.js';
import { ShopError, type ShopErrorKind } from './shop-error.js';
import type { Answer } from './transport.js';

interface Advice {
  readonly kind: ShopErrorKind;
  readonly what: string;
  readonly fix: string;
}

interface Refused {
  readonly status: number;
  readonly code: string;
  /** The shop's own sentence, in the shop's language. */
  readonly said: string;
  readonly html: boolean;
  readonly writes: boolean;
  readonly answer: Answer;
}

/** An answer that is no success: what it means, and what a person can do. */
export function refusal(answer: Answer, status: number, judge: Judge): ShopError {
  const error = errorIn(answer.text);
  const refused: Refused = {
    status,
    code: error?.code ?? '',
    said: judge.redact(plainText(error?.message ?? '')).slice(0, 200),
    html: /^\s*</.test(answer.text),
    writes: judge.writes === true,
    answer,
  };
  const { kind, what, fix } = adviceFor(refused);
  const retryAfterMs = parseRetryAfterMs(answer.header('retry-after'), judge.nowMs);
  return new ShopError(judge.shop, kind, judge.redact(describe(what, refused)), judge.redact(fix), {
    status,
    ...(refused.code === '' ? {} : { code: judge.redact(refused.code) }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    excerpt: judge.redact(answer.text.slice(0, 500)),
  });
}

function describe(what: string, { status, code, said }: Refused): string {
  const shopSays = said === '' ? '' : `, the shop says "${said}"`;
  return `${what} (${[status, code].filter((part) => part !== '').join(' ')}${shopSays})`;
}

function adviceFor(refused: Refused): Advice {
  const { status } = refused;
  if (status >= 300 && status < 400) return redirected(refused.answer.header('location'));
  if (refused.answer.header('cf-mitigated') !== undefined) return FIREWALL;
  if (status === 401) return unauthorised(refused);
  if (status === 403) return refused.html || refused.code === '' ? FIREWALL : forbidden(refused);
  if (status === 404) return missing(refused);
  if (refused.code === 'woocommerce_rest_shop_webhook_invalid_delivery_url') return BAD_ADDRESS;
  if (status === 413 || status === 414) return TOO_LONG;
  if (status === 500) return FAILED;
  if (status === 501 || status === 505) return REFUSED;
  if (status >= 500 || WAIT_STATUSES.has(status)) return wait(status);
  return REFUSED;
}

const WAIT_STATUSES: ReadonlySet<number> = new Set([408, 423, 425, 429]);

const FIREWALL: Advice = {
  kind: 'config',
  what: 'a firewall or security plugin refuses us',
  fix: "Allow this machine's address, or the path /wp-json/wc/, in the shop's firewall or security plugin.",
};

const FAILED: Advice = {
  kind: 'spoiled',
  what: 'the shop fails on this request',
  fix: "See the shop's PHP error log: most often a plugin fails on one of the orders.",
};

const TOO_LONG: Advice = {
  kind: 'spoiled',
  what: 'the shop takes no request of this length',
  fix: "Raise the web server's limit on the length of a request.",
};

const REFUSED: Advice = {
  kind: 'config',
  what: 'the shop refuses the request',
  fix: 'A plugin or an old version may change how the REST API is asked: update WooCommerce, look at the code.',
};

/** Recorded: webhook-create-bad-url. */
const BAD_ADDRESS: Advice = {
  kind: 'config',
  what: 'the shop does not take the address for its webhooks',
  fix: "Check the url under webhook: the https address at which the shop's server reaches orderpark.",
};

function wait(status: number): Advice {
  if (status === 429) {
    return {
      kind: 'wait',
      what: 'the shop limits how often we may ask',
      fix: 'If this repeats, poll less often or set requestsPerSecond lower for this shop.',
    };
  }
  const what =
    status === 503 ? 'the shop is down for maintenance' : 'the shop is not reachable now';
  return { kind: 'wait', what, fix: "If this repeats, ask the shop's host." };
}

/** The codes are recorded; their sentences are in the language of the shop. */
function unauthorised({ code, said, html, writes, answer }: Refused): Advice {
  const config = (what: string, fix: string): Advice => ({ kind: 'config', what, fix });
  if (html || (code === '' && answer.header('www-authenticate') !== undefined)) {
    return config(
      'the web server asks for a password of its own',
      'Take the password off /wp-json/wc/, or use the address of the live shop.',
    );
  }
  switch (code) {
    case 'woocommerce_rest_cannot_view':
      return config(
        'the shop saw no key that it knows',
        'Check the consumer key; over https, if it is right, the host strips the Authorization header: set auth to query; over plain http use https.',
      );
    case 'woocommerce_rest_authentication_missing_parameter':
      return config(
        'parameters of the signature did not arrive',
        'A proxy drops or rewrites query parameters: use the https address of the shop.',
      );
    case 'woocommerce_rest_authentication_error':
      return config('the shop does not accept the key', keyFix(said, writes));
    default:
      return config(
        'the shop does not accept the key',
        'Check key and secret, and whether a plugin restricts the REST API.',
      );
  }
}

function keyFix(said: string, writes: boolean): string {
  if (/permission/i.test(said)) {
    if (writes) return WRITE_PERMISSION;
    return 'Give the key the permission Read (or Read/Write): WooCommerce, Settings, Advanced, REST API.';
  }
  if (/signature/i.test(said)) {
    return "Check the consumer secret and that the url is the shop's own; better, use its https address.";
  }
  if (/timestamp|nonce/i.test(said)) {
    return "Set the clocks of this machine and of the shop's server right; better, use https.";
  }
  // The shop's sentence may be in any language; a key that reads and may not write is the usual case.
  if (writes) return WRITE_PERMISSION;
  return 'Check consumerKey and consumerSecret: they belong together, and the key must be allowed to read.';
}

/** Recorded: webhook-create-readonly-key. */
const WRITE_PERMISSION =
  'Give the key the permission Read/Write (WooCommerce, Settings, Advanced, REST API); orderpark writes nothing but its own webhooks.';

function forbidden({ code }: Refused): Advice {
  if (code === 'woocommerce_rest_cannot_view') {
    return {
      kind: 'config',
      what: "the key's user may not see orders",
      fix: 'Make the key for a user with the role Shop manager or Administrator.',
    };
  }
  return {
    kind: 'config',
    what: 'the shop forbids it',
    fix: "Check the key's user, and whether a plugin restricts the REST API.",
  };
}

function missing({ code }: Refused): Advice {
  if (code === 'woocommerce_rest_shop_order_invalid_id') {
    return { kind: 'gone', what: 'there is no such order', fix: 'Nothing: it was deleted.' };
  }
  if (code === 'woocommerce_rest_shop_webhook_invalid_id') {
    return { kind: 'gone', what: 'there is no such webhook', fix: 'Nothing: it was deleted.' };
  }
  return {
    kind: 'config',
    what: "the shop's REST API is not at this address",
    fix: 'Check the url; set WordPress, Settings, Permalinks to anything but Plain; check that WooCommerce is active and up to date.',
  };
}

function redirected(location: string | undefined): Advice {
  const target = location === undefined ? undefined : siteAddressOf(location);
  return {
    kind: 'config',
    what: `the shop sends us on${target === undefined ? '' : ` to ${target}`}, and keys are not sent along`,
    fix:
      target === undefined
        ? "Set the shop's url to its final address."
        : `Set the shop's url to ${target}, if that is the shop.`,
  };
}

/** The part of an address that belongs into the config: no query, nothing from /wp-json on. */
export function siteAddressOf(address: string): string | undefined {
  if (!URL.canParse(address)) return undefined;
  const { origin, pathname } = new URL(address);
  return `${origin}${pathname.replace(/\/?wp-json(\/.*)?$/, '').replace(/\/$/, '')}`;
}

function errorIn(text: string): { code: string; message: string } | undefined {
  try {
    const error = errorSchema.safeParse(JSON.parse(text));
    return error.success ? error.data : undefined;
  } catch {
    return undefined;
  }
}

function plainText(html: string): string {
  return html
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}
