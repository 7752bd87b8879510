import type { z } from 'zod';
import type { Requester } from './requester.js';
import {
  gatewaySchema,
  reasonOf,
  settingSchema,
  taxClassSchema,
  taxRateSchema,
} from './schemas.js';
import type { CallOptions, ShopSetup, ShopTaxRate } from './shop-client.js';
import { ShopError } from './shop-error.js';
import type { Parameters } from './transport.js';
import { wholeList } from './whole-list.js';

/** `asked` fails each call where the shop's address itself is wrong. */
export function setupCalls(
  requester: Requester,
  shop: string,
  asked: <Result>(call: () => Promise<Result>) => Promise<Result>,
): ShopSetup {
  /** A list that comes on one page. */
  const list = async <Schema extends z.ZodType>(
    path: string,
    parameters: Parameters,
    schema: Schema,
    { signal }: CallOptions,
  ): Promise<z.output<Schema>[]> => {
    const asking = { ...(signal ? { signal } : {}), fresh: true };
    const { body } = await requester.list(path, parameters, asking);
    return body.map((item) => readItem(shop, path, schema, item));
  };
  return {
    settings: (group, call) =>
      asked(async () => {
        const fields = { _fields: 'id,value' };
        const settings = await list(`settings/${group}`, fields, settingSchema, call);
        return new Map(settings.map(({ id, value }) => [id, value]));
      }),
    taxRates: (call) =>
      asked(() => wholeList(requester, shop, 'taxes', call, (item) => taxRateIn(shop, item))),
    taxClasses: (call) => asked(() => list('taxes/classes', {}, taxClassSchema, call)),
    // Without `_fields` a gateway's own secrets come along, and nobody here needs them.
    paymentGateways: (call) =>
      asked(() => list('payment_gateways', { _fields: 'id,title,enabled' }, gatewaySchema, call)),
  };
}

function taxRateIn(shop: string, json: unknown): ShopTaxRate {
  const { rate, class: taxClass, ...rest } = readItem(shop, 'taxes', taxRateSchema, json);
  return { ...rest, taxClass, percent: withoutZeros(rate) };
}

/** `21.0000` as `21`. */
function withoutZeros(rate: string): string {
  return /^\d+\.\d+$/.test(rate) ? rate.replace(/\.?0+$/, '') : rate;
}

function readItem<Schema extends z.ZodType>(
  shop: string,
  path: string,
  schema: Schema,
  json: unknown,
): z.output<Schema> {
  const read = schema.safeParse(json);
  if (read.success) return read.data;
  throw new ShopError(
    shop,
    'garbled',
    `an item of ${path} cannot be read: ${reasonOf(read.error)}`,
    'A plugin or cache changes the answers of /wp-json/: leave that path out of both.',
  );
}
