import type { ComponentChildren } from 'preact';
import { formatMinor } from '../../orders/money.js';
import type { OrderState, PostingState } from '../../orders/states.js';
import { epochMsOf, type Instant } from '../../orders/time.js';
import { MOST_COUNTED } from '../needs.js';
import type { PageContext } from '../page.js';

type Tone = 'good' | 'warn' | 'bad' | 'calm';

const ORDER_TONES: Readonly<Record<OrderState, Tone>> = {
  parked: 'calm',
  forwarded: 'good',
  ignored: 'calm',
  blocked: 'bad',
  expired: 'warn',
  withdrawn: 'warn',
};

const POSTING_TONES: Readonly<Record<PostingState, Tone>> = {
  queued: 'calm',
  sending: 'calm',
  booked: 'good',
  retrying: 'warn',
  rejected: 'bad',
  uncertain: 'warn',
};

export function OrderBadge({
  page,
  state,
}: {
  readonly page: PageContext;
  readonly state: OrderState;
}) {
  return <span class={`badge ${ORDER_TONES[state]}`}>{page.words.states[state]}</span>;
}

export function PostingBadge({
  page,
  state,
}: {
  readonly page: PageContext;
  readonly state: PostingState;
}) {
  return <span class={`badge ${POSTING_TONES[state]}`}>{page.words.postings[state]}</span>;
}

interface MoneyProps {
  readonly page: PageContext;
  readonly minor: number;
  readonly minorUnits: number;
  readonly currency: string;
}

/** An amount in the reader's way of writing, with the decimals of its currency. */
export function Money({ page, minor, minorUnits, currency }: MoneyProps) {
  return <>{moneyText(page, minor, minorUnits, currency)}</>;
}

export function moneyText(
  { locale }: PageContext,
  minor: number,
  minorUnits: number,
  currency: string,
): string {
  const decimals = { minimumFractionDigits: minorUnits, maximumFractionDigits: minorUnits };
  const amount = formatMinor(minor, minorUnits);
  // A decimal text is formatted exactly, where a number would pass through a binary fraction.
  const number = new Intl.NumberFormat(locale, decimals).format(
    amount as Intl.StringNumericLiteral,
  );
  return `${number} ${currency}`;
}

/** A moment on the clock of the config's zone. */
export function Time({ page, at }: { readonly page: PageContext; readonly at: Instant | null }) {
  if (at === null) return <>{page.words.common.never}</>;
  return <time dateTime={at}>{timeText(page, at)}</time>;
}

export function timeText({ locale, zone }: PageContext, at: Instant): string {
  const options = { dateStyle: 'medium', timeStyle: 'short', timeZone: zone } as const;
  return new Intl.DateTimeFormat(locale, options).format(epochMsOf(at));
}

/** A number that was counted so far only, as `1,000+`. */
export function countText({ locale }: PageContext, count: number): string {
  const text = count.toLocaleString(locale);
  return count >= MOST_COUNTED ? `${text}+` : text;
}

/** Names, each with what it is. */
export function Facts({
  facts,
}: {
  readonly facts: readonly (readonly [name: string, value: ComponentChildren])[];
}) {
  return (
    <dl class="facts">
      {facts.flatMap(([name, value]) => [
        <dt key={name}>{name}</dt>,
        <dd key={`${name}-is`}>{value}</dd>,
      ])}
    </dl>
  );
}

/** What stands in the place of a list of nothing. */
export function Empty({
  title,
  children,
}: {
  readonly title: string;
  readonly children?: ComponentChildren;
}) {
  return (
    <div class="sheet empty">
      <strong>{title}</strong>
      {children && <p>{children}</p>}
    </div>
  );
}

/** Where an order is looked at. */
export function orderPath(shop: string, id: number): string {
  return `/orders/${encodeURIComponent(shop)}/${id}`;
}
