import { z } from 'zod';
import { readDecimal } from './decimal.js';

/*
 * What we read of WooCommerce's JSON, and no more: plugins add fields, PHP mixes numbers and text,
 * writes an empty list for an empty object, and an object for a list with holes.
 */

/** Whatever came, or nothing. */
const anything = z.unknown().optional();

/** Text of whatever came: numbers as text; null, false and empty lists as empty text. */
const text = z.transform((value: unknown): string => {
  if (typeof value === 'string') return value;
  if (value === undefined || value === null || value === false) return '';
  if (typeof value !== 'object') return String(value);
  const json = JSON.stringify(value);
  return json === '[]' || json === '{}' ? '' : json;
});

const requiredText = z
  .union([z.string(), z.number()])
  .transform((value) => String(value).trim())
  .refine((value) => value !== '', 'is empty');

const written = z.union([z.string(), z.number()]);

function toDecimal(value: string | number | null | undefined, context: z.RefinementCtx): string {
  const decimal = readDecimal(value ?? '');
  if (decimal !== undefined) return decimal;
  context.addIssue({ code: 'custom', message: `is no amount: ${JSON.stringify(value)}` });
  return z.NEVER;
}

/** An amount; missing or empty is 0, as WooCommerce itself reads it. */
const decimal = written.nullish().transform(toDecimal);

/** An amount that must be there. */
const requiredDecimal = written
  .refine((value) => String(value).trim() !== '', 'is empty')
  .transform(toDecimal);

const nullableDecimal = written
  .nullish()
  .transform((value, context) =>
    value === undefined || value === null || value === '' ? null : toDecimal(value, context),
  );

const wholeNumber = written
  .transform((value) => (String(value).trim() === '' ? Number.NaN : Number(value)))
  .refine((value) => Number.isSafeInteger(value) && value >= 0, 'is no whole number');

/** An id that names an order or a refund. */
const id = wholeNumber.refine((value) => value > 0, 'is no id');

/** Rate ids are only compared, and tax engines use huge ones: text. */
const rateId = written.nullish().transform((value) => String(value ?? '').trim() || '0');

const flag = z.transform(
  (value: unknown) => value === true || value === 1 || value === '1' || value === 'yes',
);

function list<Item extends z.ZodType>(item: Item) {
  return z
    .transform((value: unknown) => {
      if (value === undefined || value === null || value === '') return [];
      return typeof value === 'object' && !Array.isArray(value) ? Object.values(value) : value;
    })
    .pipe(z.array(item));
}

const ZERO_DATE = /^-?0/;
const GMT_DATE = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(?:\.\d+)?Z?$/;

function toInstant(value: string, context: z.RefinementCtx): string {
  const seconds = GMT_DATE.exec(value)?.[1];
  if (seconds !== undefined && !Number.isNaN(Date.parse(`${seconds}Z`))) return `${seconds}.000Z`;
  context.addIssue({ code: 'custom', message: `is no date: ${JSON.stringify(value)}` });
  return z.NEVER;
}

/** A `*_gmt` date: UTC without a suffix (recorded: "_gmt fields have no Z"). */
const instant = z.string().transform(toInstant);

/** WordPress writes "no date" as null, as empty, or as one in the year 0. */
const nullableInstant = z
  .string()
  .nullish()
  .transform((value, context) =>
    !value || ZERO_DATE.test(value) ? null : toInstant(value, context),
  );

const metaEntry = z.object({ key: requiredText, value: anything });

const metaData = list(z.unknown()).transform((items) =>
  items.flatMap((item) => {
    const entry = metaEntry.safeParse(item);
    return entry.success ? [{ key: entry.data.key, value: entry.data.value ?? null }] : [];
  }),
);

/** An empty `total` says that the rate does not apply to this line (recorded on fees). */
const lineTaxes = list(z.object({ id: rateId, total: written.nullish() })).transform(
  (taxes, context) =>
    taxes
      .filter((tax) => String(tax.total ?? '').trim() !== '')
      .map((tax) => ({ rateId: tax.id, amount: toDecimal(tax.total, context) })),
);

const lineFields = {
  id: wholeNumber,
  total: decimal,
  total_tax: decimal,
  taxes: lineTaxes,
  meta_data: metaData,
};

const productLine = z.object({
  ...lineFields,
  name: text,
  sku: text,
  quantity: requiredDecimal,
  subtotal: nullableDecimal,
  tax_class: text,
});

const shippingLine = z.object({ ...lineFields, method_title: text });

const feeLine = z.object({ ...lineFields, name: text, tax_class: text });

const taxLine = z.object({
  rate_id: rateId,
  rate_code: text,
  label: text,
  compound: flag,
  tax_total: decimal,
  shipping_tax_total: decimal,
  rate_percent: nullableDecimal,
});

const address = z
  .transform((value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {},
  )
  .pipe(
    z.object({
      first_name: text,
      last_name: text,
      company: text,
      address_1: text,
      address_2: text,
      city: text,
      state: text,
      postcode: text,
      country: text,
      email: text,
      phone: text,
    }),
  );

const parts = {
  line_items: list(productLine),
  shipping_lines: list(shippingLine),
  fee_lines: list(feeLine),
};

/** One order of `/orders` or `/orders/{id}`. */
export const orderSchema = z.object({
  ...parts,
  id,
  number: text,
  status: requiredText,
  currency: requiredText,
  prices_include_tax: flag,
  date_created_gmt: instant,
  date_modified_gmt: nullableInstant,
  date_paid_gmt: nullableInstant,
  date_completed_gmt: nullableInstant,
  total: requiredDecimal,
  total_tax: requiredDecimal,
  billing: address,
  shipping: address,
  payment_method: text,
  payment_method_title: text,
  transaction_id: text,
  created_via: text,
  customer_note: text,
  tax_lines: list(taxLine),
  coupon_lines: list(z.object({ code: text, discount: decimal, discount_tax: decimal })),
  refunds: list(z.object({ id, reason: text, total: decimal })),
  meta_data: metaData,
});

export type WireOrder = z.output<typeof orderSchema>;
export type WireAddress = z.output<typeof address>;

/** What `_fields` leaves of an order for the completeness statement. */
export const summarySchema = z.object({
  id,
  status: requiredText,
  currency: requiredText,
  total: requiredDecimal,
  total_tax: requiredDecimal,
  date_created_gmt: instant,
  date_modified_gmt: nullableInstant,
});

/** One refund; `parent_id` only in the list of the whole shop. */
export const refundSchema = z.object({
  ...parts,
  id,
  parent_id: id.optional(),
  date_created_gmt: instant,
  amount: requiredDecimal,
  reason: text,
});

export type WireRefund = z.output<typeof refundSchema>;

/** An order's currency, asked for where a refund of the whole shop's list does not tell it. */
export const currencySchema = z.object({ id, currency: requiredText });

/** The part of an item that names the order, where the rest cannot be read. */
export const orderIdSchema = z.object({ id });
export const parentIdSchema = z.object({ parent_id: id });

/** WordPress's error object. Its `data` is an object, a bare number (recorded) or absent. */
export const errorSchema = z.object({
  code: written.transform(String),
  message: z.string(),
  data: anything.transform(statusOf),
});

function statusOf(data: unknown): number | undefined {
  if (typeof data === 'number') return data;
  const status = z.object({ status: z.number() }).safeParse(data);
  return status.success ? status.data.status : undefined;
}

/** `/system_status`, as recorded in `rest/system-status.json`. */
export const systemStatusSchema = z.object({
  environment: z.object({ version: text }).optional(),
  settings: z
    .object({
      currency: text,
      HPOS_enabled: anything,
      order_datastore: text,
    })
    .optional(),
});

/** `/wp-json/`, as recorded in `rest/wp-json-root.json`. */
export const siteIndexSchema = z.object({
  name: text,
  timezone_string: text,
  namespaces: list(text),
});

/** `/reports/orders/totals`, as recorded in `rest/reports-orders-totals.json`. */
export const statusTotalsSchema = z.array(
  z.object({ slug: requiredText, name: text, total: wholeNumber }),
);

/** `/settings/{group}`, as recorded in `rest/settings-general.json`. */
export const settingSchema = z.object({ id: requiredText, value: text });

/** `/taxes`, as recorded in `rest/taxes.json`. */
export const taxRateSchema = z.object({
  id,
  country: text,
  state: text,
  postcode: text,
  rate: text,
  name: text,
  class: text,
});

/** `/taxes/classes`, as recorded in `rest/taxes-classes.json`. */
export const taxClassSchema = z.object({ slug: requiredText, name: text });

/** `/payment_gateways`, as recorded in `rest/payment-gateways.json`. */
export const gatewaySchema = z.object({ id: requiredText, title: text, enabled: flag });

/** The first issue as `line_items.0.total: is no amount`. */
export function reasonOf(error: z.ZodError): string {
  const issue = error.issues[0];
  if (!issue) return 'is not what was expected';
  return `${issue.path.map(String).join('.') || 'item'}: ${issue.message}`;
}

/** What we read of a webhook; its secret is never shown (recorded: webhook-*). */
export const webhookSchema = z.looseObject({
  id,
  name: text,
  status: text,
  topic: text,
  delivery_url: text,
  date_modified_gmt: nullableInstant,
});
