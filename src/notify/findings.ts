import { epochMsOf } from '../orders/time.js';
import type { Alert, Findings } from './book.js';
import type {
  BooksFacts,
  DiskSpace,
  Facts,
  LegFacts,
  ShopFacts,
  Some,
  SubscriptionFact,
} from './facts.js';

const MINUTE_MS = 60_000;
/** A leg that failed so often in a row, or for so long, is no passing trouble. */
const FAILURES_IN_A_ROW = 3;
const FAILING_FOR_MS = 60 * MINUTE_MS;
/** How long a batch may be due; also how long we have to be at work before it is our fault. */
export const BATCH_GRACE_MS = 120 * MINUTE_MS;
/** The disk is nearly full below either; it is no more a fifth above. */
const LEAST_FREE_SHARE = 0.05;
const LEAST_FREE_BYTES = 500_000_000;
const WELL_ABOVE = 1.2;

/** Keys of the alerts that a look at everything raises and clears. All others are somebody else's. */
const OWN_KEY =
  /^(database\/read|disk|(expiring|blocked|quarantine|shop-unreachable|batch-missed|statement|rejected|uncertain|paused|subscription-disabled)\/.*)$/s;

export function isOwnKey(key: string): boolean {
  return OWN_KEY.test(key);
}

/** Pure: what these facts give to raise, and of what they tell nothing. */
export function judge(facts: Facts): Findings {
  const all = [
    ...facts.shops.flatMap((shop) => ofShop(shop, facts)),
    ...facts.books.flatMap(ofBooks),
    ...facts.subscriptions.map(ofSubscription),
    ofDisk(facts.disk),
  ];
  return {
    raise: all.filter((finding) => typeof finding === 'object'),
    keep: all.filter((finding) => typeof finding === 'string'),
  };
}

/** To raise; or the key of what is not known at the moment; or nothing. */
type Finding = Alert | string | undefined;

function ofShop(shop: ShopFacts, facts: Facts): Finding[] {
  return [
    ofLegs(shop, facts),
    ofBatch(shop, facts),
    ofStatement(shop),
    ofBlocked(shop),
    ofExpiring(shop),
    ofQuarantine(shop),
  ];
}

function ofExpiring({ shop, expiring }: ShopFacts): Finding {
  if (expiring.count === 0) return undefined;
  return {
    key: `expiring/${shop}`,
    subject: `${shop}: ${counted(expiring, 'parked order expires', 'parked orders expire')} within two days`,
    message: `After that they are no longer looked at each night: ${listed(expiring, ({ number }) => number, ', ')}.`,
    fix: 'Give them their final status in the shop, or decide: `orderpark orders forward` or `orders ignore`; `orders recheck` gives them another look-back.',
  };
}

function ofBlocked({ shop, blocked }: ShopFacts): Finding {
  if (blocked.count === 0) return undefined;
  return {
    key: `blocked/${shop}`,
    subject: `${shop}: ${counted(blocked, 'order is', 'orders are')} blocked`,
    message: `No correct document can be made of: ${listed(blocked, ({ number, reason }) => `${number} (${reason})`)}.`,
    fix: '`orderpark why <order>` names what would release it.',
  };
}

function ofQuarantine({ shop, quarantine }: ShopFacts): Finding {
  if (quarantine.count === 0) return undefined;
  const one = ({ orderId, reason }: { orderId: number | null; reason: string }) =>
    `${orderId === null ? 'something that names no order' : `order ${orderId}`} (${reason})`;
  return {
    key: `quarantine/${shop}`,
    subject: `${shop}: ${counted(quarantine, 'thing', 'things')} that it sent cannot be used`,
    message: `It is kept as it came: ${listed(quarantine, one)}.`,
    fix: '`orderpark quarantine` lists it, each with its fix.',
  };
}

function ofLegs({ shop, legs }: ShopFacts, facts: Facts): Finding {
  const key = `shop-unreachable/${shop}`;
  for (const leg of legs) {
    const failures = failuresOf(leg);
    const [last, first] = [failures[0], failures.at(-1)];
    if (!last || !first) continue;
    const forMs = facts.nowMs - epochMsOf(first.startedAt);
    if (failures.length < FAILURES_IN_A_ROW && forMs < FAILING_FOR_MS) continue;
    // What failed before this process began is no news of the shop as it is now.
    if (epochMsOf(last.endedAt) < facts.atWorkSinceMs) return key;
    return {
      key,
      subject: `${shop}: the shop cannot be read`,
      message: `Its ${leg.leg} has failed since ${first.startedAt}; the last time: ${last.error}`,
      fix: '`orderpark check` asks the shop and says what to do. A revoked key is made anew in WooCommerce under Settings, Advanced, REST API.',
    };
  }
  return undefined;
}

function failuresOf({ ends }: LegFacts): LegFacts['ends'] {
  const firstDone = ends.findIndex(({ isDone }) => isDone);
  return firstDone < 0 ? ends : ends.slice(0, firstDone);
}

function ofBatch({ shop, batch }: ShopFacts, facts: Facts): Finding {
  const key = `batch-missed/${shop}`;
  if (batch.missed === null) return undefined;
  const atWorkMs = facts.nowMs - facts.atWorkSinceMs;
  if (atWorkMs < BATCH_GRACE_MS || !batch.isPossible) return key;
  const why = batch.error === '' ? '' : ` The last attempt failed: ${batch.error}`;
  return {
    key,
    subject: `${shop}: the batch of ${batch.missed} is not done`,
    message: `It has been due for more than two hours, and is tried again by itself.${why}`,
    fix: '`orderpark check` looks for the cause; `orderpark batch` does it now.',
  };
}

function ofStatement({ shop, statement }: ShopFacts): Finding {
  if (!statement || statement.count === 0) return undefined;
  const { count, orders, madeAt } = statement;
  const one = ({ orderId, what }: { orderId: number | null; what: string }) =>
    `${orderId ?? 'an order without a known id'} (${what})`;
  const difference = { some: orders.slice(0, MOST_LISTED), count, isMore: false };
  return {
    key: `statement/${shop}`,
    subject: `${shop}: the statement has a difference of ${counted(difference, 'order', 'orders')}`,
    message: `The shop and orderpark did not agree at ${madeAt} on: ${listed(difference, one)}.`,
    fix: '`orderpark orders recheck <order>`, then `orderpark statement`. What remains is to be settled before the books are closed.',
  };
}

function ofBooks(facts: BooksFacts): Finding[] {
  return [ofRejected(facts), ofUncertain(facts), ofPause(facts)];
}

function ofRejected({ books, rejected }: BooksFacts): Finding {
  if (rejected.count === 0) return undefined;
  return {
    key: `rejected/${books}`,
    subject: `${books}: ${counted(rejected, 'document was', 'documents were')} rejected`,
    message: `These are not booked: ${listed(rejected, keyAndReason)}.`,
    fix: 'Remove the cause, then `orderpark postings release <document> --as send-again`; or book it by hand, and release it as mark-booked. `orderpark postings list --state rejected` tells all.',
  };
}

function ofUncertain({ books, uncertain }: BooksFacts): Finding {
  if (uncertain.count === 0) return undefined;
  return {
    key: `uncertain/${books}`,
    subject: `${books}: it is not known whether ${counted(uncertain, 'document', 'documents')} arrived`,
    message: `They may or may not be booked: ${listed(uncertain, keyAndReason)}.`,
    fix: 'Look in the books. Then `orderpark postings release <document>`, as mark-booked where it is there and as send-again where it is not.',
  };
}

function keyAndReason({ documentKey, reason }: { documentKey: string; reason: string }): string {
  return `${documentKey} (${reason})`;
}

function ofPause({ books, pause }: BooksFacts): Finding {
  if (!pause) return undefined;
  return {
    key: `paused/${books}`,
    subject: `${books}: the books cannot be reached, and are paused`,
    message: `Since ${pause.since}; what is queued waits, and one document is tried from time to time. The reason: ${pause.reason}`,
    fix: '`orderpark check` asks the books and says what to do.',
  };
}

function ofSubscription({ id, description, host, reason }: SubscriptionFact): Finding {
  const named = description === '' ? host : `${description} (${host})`;
  return {
    key: `subscription-disabled/${id}`,
    subject: `Outbound webhooks to ${named} were disabled`,
    message: `${reason} What happens from now on is not told there.`,
    fix: `See what it answered, on the page Subscriptions or by \`orderpark subscriptions attempts ${id}\`. Put its receiver right, then enable it there or by \`orderpark subscriptions enable ${id}\`; or disable or remove it yourself.`,
  };
}

function ofDisk(disk: DiskSpace | undefined): Finding {
  const key = 'disk';
  if (!disk) return key;
  const leastBytes = Math.max(LEAST_FREE_BYTES, disk.totalBytes * LEAST_FREE_SHARE);
  if (disk.freeBytes >= leastBytes * WELL_ABOVE) return undefined;
  if (disk.freeBytes >= leastBytes) return key;
  // In rough figures, so that the words do not change at each look.
  const free = `${(disk.freeBytes / 1e9).toFixed(1)} GB`;
  return {
    key,
    subject: 'The disk of the database is nearly full',
    message: `${free} of ${(disk.totalBytes / 1e9).toFixed(1)} GB are free. Once it is full nothing can be stored: deliveries are answered 503 and polls stand still.`,
    fix: 'Make room on it, or move the database to a larger one. All goes on by itself afterwards.',
  };
}

/** The most that a message names. */
export const MOST_LISTED = 20;

function counted({ count, isMore }: Omit<Some<never>, 'some'>, one: string, many: string): string {
  if (isMore) return `more than ${count} ${many}`;
  return `${count} ${count === 1 ? one : many}`;
}

function listed<Fact>(
  { some, count, isMore }: Some<Fact>,
  text: (fact: Fact) => string,
  between = '; ',
): string {
  const rest = count - some.length;
  const more = rest > 0 || isMore ? ` and ${isMore ? 'more than ' : ''}${rest} more` : '';
  return `${some.map((fact) => text(fact)).join(between)}${more}`;
}
