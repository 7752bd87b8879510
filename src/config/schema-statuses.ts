import { z } from 'zod';
import {
  country,
  decimal,
  list,
  matching,
  metaConditions,
  oneOf,
  oneOrMore,
  section,
  THEN,
  text,
} from './fields.js';

export const ACTIONS = ['forward', 'ignore', 'park'] as const;

function status() {
  return matching(
    /^(?!wc-)[a-z0-9_-]+$/,
    'a status as the REST API names it, in small letters and without wc-, as on-hold',
  );
}

const statusList = () => list(status(), 'a list of statuses, as [processing, completed]');

const conditions = section({
  status: oneOrMore(status(), 'a status, or a list')
    .optional()
    .describe('Order status, or a list.'),
  paymentMethod: oneOrMore(text(), 'a payment method, or a list')
    .optional()
    .describe('Payment method by its WooCommerce id, as bacs, or a list.'),
  country: oneOrMore(country(), 'a country, or a list')
    .optional()
    .describe('Country of delivery (of billing where there is none), or a list.'),
  currency: oneOrMore(matching(/^[A-Z]{3}$/, 'a currency, as EUR'), 'a currency, or a list')
    .optional()
    .describe('Currency of the order, or a list.'),
  createdVia: oneOrMore(text(), 'an origin, or a list')
    .optional()
    .describe('How the order came about, as checkout, admin or rest-api, or a list.'),
  totalAtLeast: decimal('an amount, as 1000 or 99.95')
    .optional()
    .describe("Order total of this or more, tax included, in the order's currency."),
  totalBelow: decimal('an amount, as 1000 or 99.95')
    .optional()
    .describe("Order total below this, tax included, in the order's currency."),
  meta: metaConditions()
    .optional()
    .describe('Meta keys: true asks that it is there, false that it is not, text for that value.'),
});

const shortForm = section({
  forward: statusList()
    .min(1, { error: 'at least one status; without any, nothing is ever booked' })
    .describe('Statuses of orders to book.'),
  ignore: statusList().optional().describe('Statuses of orders never to book.'),
  park: statusList()
    .optional()
    .describe('Statuses to wait in; so does every status that is not named.'),
});

const longForm = list(
  section({
    name: text().optional().describe('What this rule is called in reports.'),
    when: conditions.optional().describe('All that are named must hold. Absent: every order.'),
    [THEN]: oneOf(ACTIONS).describe('What happens to an order that matches.'),
  }),
  'a list of rules',
).min(1, { error: 'at least one rule' });

export const statusesSchema = z
  .union([shortForm, longForm], { error: 'forward:, ignore: and park:, or a list of rules' })
  .describe(
    'Which orders are booked, by status: lists of statuses, or rules of which the first that matches wins. Absent: processing and completed are booked; cancelled, failed and checkout-draft ignored; all others wait.',
  );

export type StatusesFile = z.output<typeof statusesSchema>;
export type ConditionsFile = z.output<typeof conditions>;
