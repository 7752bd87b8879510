import type { Instant } from '../orders/time.js';
import type { ShopWebhook } from '../woocommerce/shop-client.js';
import type { ShopError } from '../woocommerce/shop-error.js';
import type { Probe } from './health-probe.js';
import type { HealthShop } from './health-shop.js';
import { type Silence, TOLD_WITHIN_MS } from './health-silence.js';
import { addressWarnings } from './registration-warnings.js';

/** What a person is told of a shop's webhooks; the key names what it is about. */
export interface RaisedAlert {
  readonly key: string;
  readonly subject: string;
  readonly message: string;
  readonly fix: string;
}

type Failed = Extract<Probe, { ok: false }>;

export function pausedAlert(shop: string, paused: readonly ShopWebhook[]): RaisedAlert {
  return {
    key: `webhook-paused/${shop}`,
    subject: `${shop}: webhooks are paused`,
    message: `Someone paused ${listed(paused)} in the shop, so changes are only found by the polls.`,
    fix: 'If that was not meant, `orderpark webhook register` makes them active again.',
  };
}

/** Disabled, and left so, since the first delivery would disable them again. */
export function unreachableAlert(
  shop: string,
  disabled: readonly ShopWebhook[],
  probe: Failed,
): RaisedAlert {
  return {
    key: `webhook-disabled/${shop}`,
    subject: `${shop}: WooCommerce disabled webhooks, and our address does not answer as it must`,
    message: `${seven(disabled)} They stay disabled until our address answers: ${probe.message}. Until then changes are found by the polls.`,
    fix: probe.fix,
  };
}

/** Disabled, and the shop does not let us make them active. */
export function disabledAlert(
  shop: string,
  disabled: readonly ShopWebhook[],
  error: ShopError,
): RaisedAlert {
  return {
    key: `webhook-disabled/${shop}`,
    subject: `${shop}: WooCommerce disabled webhooks, and they could not be made active again`,
    message: `${seven(disabled)} Our address answers, but ${error.message}. Until then changes are found by the polls.`,
    fix: `${error.fix} Or set them to Active by hand: WooCommerce, Settings, Advanced, Webhooks.`,
  };
}

export function mendedAlert(
  shop: string,
  disabled: readonly ShopWebhook[],
  gapFrom: Instant | null,
): RaisedAlert {
  const read =
    gapFrom === null
      ? 'The polls had missed nothing.'
      : `What changed since ${gapFrom} is read again by the next poll.`;
  return {
    key: `webhook-disabled/${shop}`,
    subject: `${shop}: WooCommerce had disabled webhooks; they are active again`,
    message: `${seven(disabled)} Our address answers now, and they were made active. ${read} Until one delivery succeeds, one more failure disables them again.`,
    fix: 'See the logs of orderpark and of its proxy at that time for why deliveries failed.',
  };
}

export function missingAlert(
  shop: string,
  topics: readonly string[],
  error: ShopError,
): RaisedAlert {
  return {
    key: `webhook-missing/${shop}`,
    subject: `${shop}: webhooks could not be made or repaired`,
    message: `For ${topics.join(', ')}: ${error.message}. Until they are there, changes are found by the polls.`,
    fix: error.fix,
  };
}

export function ownerAlert(shop: string): RaisedAlert {
  return {
    key: `webhook-owner/${shop}`,
    subject: `${shop}: the user who owns the webhooks may not see orders`,
    message:
      'Deliveries come signed, but with an error instead of an order (woocommerce_rest_cannot_view). The shop is polled instead.',
    fix: 'Give that user the role Shop manager; or, with a key of a shop manager, `orderpark webhook remove` and then `orderpark webhook register`.',
  };
}

export function silentAlert(
  { id, shopUrl, url }: HealthShop,
  silence: Silence,
  seen: { readonly probe: Probe | undefined; readonly hasNone: boolean },
): RaisedAlert {
  const { changed, late, lost } = silence;
  const minutes = TOLD_WITHIN_MS / 60_000;
  const counts = `Of ${changed} orders that changed between ${silence.from} and ${silence.to}, ${lost} were told of by no webhook and ${late} later than ${minutes} minutes; the polls found them all.`;
  const { cause, fix } = likelyCause(
    silence,
    url === undefined ? [] : addressWarnings(url, shopUrl),
    seen,
  );
  return {
    key: `webhook-silent/${id}`,
    subject: `${id}: changes are found by the polls and not by webhooks`,
    message: `${counts} The likely cause: ${cause}.`,
    fix,
  };
}

interface Cause {
  readonly cause: string;
  readonly fix: string;
}

/** The nearest first: what we see ourselves, then what the pattern tells. */
function likelyCause(
  { told, late }: Silence,
  warnings: ReturnType<typeof addressWarnings>,
  { probe, hasNone }: { readonly probe: Probe | undefined; readonly hasNone: boolean },
): Cause {
  if (hasNone) {
    return {
      cause: 'the shop has no webhook that leads to the configured url',
      fix: 'Make them with `orderpark webhook register`, or set register: true under webhook.',
    };
  }
  if (probe?.ok === false) return { cause: probe.message, fix: probe.fix };
  const refused = warnings.find(({ message }) => message.startsWith('WordPress delivers nothing'));
  if (refused) return { cause: refused.message, fix: refused.fix };
  if (late > 0) {
    return {
      cause: 'WP-Cron runs seldom, and deliveries wait for it',
      fix: "Have the cron of the shop's server call wp-cron.php each minute, with DISABLE_WP_CRON set.",
    };
  }
  if (told === 0) {
    return {
      cause: "WP-Cron does not run, or a firewall of the shop's host lets no request out to us",
      fix: 'WooCommerce, Status, Scheduled Actions: where `woocommerce_deliver_webhook_async` is overdue it is WP-Cron; else see WooCommerce, Status, Logs, webhooks-delivery.',
    };
  }
  return {
    cause: "some deliveries fail, or a plugin changes orders without WooCommerce's hooks",
    fix: 'See WooCommerce, Status, Logs, webhooks-delivery, and which orders `orderpark why` shows without a webhook.',
  };
}

function seven(disabled: readonly ShopWebhook[]): string {
  return `After seven failed deliveries in a row WooCommerce disabled ${listed(disabled)}.`;
}

function listed(webhooks: readonly ShopWebhook[]): string {
  return webhooks.map(({ id, topic }) => `webhook ${id} (${topic})`).join(', ');
}
