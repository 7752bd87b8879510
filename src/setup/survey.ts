import { isCountry } from '../config/fields.js';
import type { Order } from '../orders/order.js';
import type {
  NewShopClient,
  ShopAbout,
  ShopGateway,
  ShopTaxRate,
} from '../woocommerce/shop-client.js';
import { ShopError } from '../woocommerce/shop-error.js';
import { newestOrders } from './sample.js';

/** All that a shop told of itself, for a config to be proposed from. */
export interface Survey {
  readonly about: ShopAbout;
  readonly address: StoreAddress;
  /** False where the shop is set not to work out taxes; absent where it does not tell. */
  readonly chargesTax?: boolean;
  readonly pricesIncludeTax?: boolean;
  readonly taxRates: readonly ShopTaxRate[];
  /** Names by slug. */
  readonly taxClasses: ReadonlyMap<string, string>;
  readonly gateways: readonly ShopGateway[];
  /** The newest hundred, newest first. */
  readonly orders: readonly Order[];
  /** What the shop would not tell, with the reason. */
  readonly gaps: readonly Gap[];
}

interface Gap {
  readonly what: string;
  readonly message: string;
  readonly fix: string;
}

/** Where the shop says that it is; empty where it does not say. */
interface StoreAddress {
  readonly street: string;
  readonly street2: string;
  readonly postcode: string;
  readonly city: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  readonly state: string;
}

/**
 * Reads what a config can be proposed from. Without orders a key is of no use, so where those are
 * refused their ShopError is thrown; what else the key may not see becomes a gap.
 */
export async function surveyShop(client: NewShopClient, signal: AbortSignal): Promise<Survey> {
  const about = await client.about({ source: 'manual', signal, fresh: true });
  const orders = await newestOrders(client, signal);
  const gaps: Gap[] = [];
  const part = async <Value>(what: string, read: Promise<Value>, otherwise: Value) => {
    try {
      return await read;
    } catch (error) {
      if (!(error instanceof ShopError) || ['wait', 'aborted'].includes(error.kind)) throw error;
      gaps.push({ what, message: error.message, fix: error.fix });
      return otherwise;
    }
  };
  const { setup } = client;
  const none: ReadonlyMap<string, string> = new Map();
  const general = await part('its address', setup.settings('general', { signal }), none);
  const tax = await part('how it works out taxes', setup.settings('tax', { signal }), none);
  const taxRates = await part('its tax rates', setup.taxRates({ signal }), []);
  const classes = await part('its tax classes', setup.taxClasses({ signal }), []);
  const gateways = await part('its payment methods', setup.paymentGateways({ signal }), []);
  return {
    about,
    address: addressIn(general),
    ...flagOf('chargesTax', general.get('woocommerce_calc_taxes')),
    ...flagOf('pricesIncludeTax', tax.get('woocommerce_prices_include_tax')),
    taxRates,
    taxClasses: new Map(classes.map(({ slug, name }) => [slug, name])),
    gateways,
    orders,
    gaps,
  };
}

function addressIn(general: ReadonlyMap<string, string>): StoreAddress {
  const text = (name: string) => (general.get(`woocommerce_${name}`) ?? '').trim();
  // Country and state in one, as `US:CA`.
  const [country = '', state = ''] = text('default_country').split(':');
  return {
    street: text('store_address'),
    street2: text('store_address_2'),
    postcode: text('store_postcode'),
    city: text('store_city'),
    country: isCountry(country) ? country : '',
    state: HAS_STATES.has(country) ? state : '',
  };
}

/** Where an address is written with its state, and WooCommerce's code is the one that is written. */
const HAS_STATES: ReadonlySet<string> = new Set(['AU', 'BR', 'CA', 'US']);

function flagOf<Key extends string>(
  key: Key,
  value: string | undefined,
): { [key in Key]?: boolean } {
  const part: { [key in Key]?: boolean } = {};
  if (value === 'yes' || value === 'no') part[key] = value === 'yes';
  return part;
}
