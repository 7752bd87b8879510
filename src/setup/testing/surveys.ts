import { readFileSync } from 'node:fs';
import type { ShopStatus, ShopTaxRate } from '../../woocommerce/shop-client.js';
import type { Choices } from '../choices.js';
import type { Survey } from '../survey.js';

/** Support for the tests of this folder: what shops tell, and what owners choose. */

export const EXAMPLE = readFileSync(
  new URL('../../../config/orderpark.example.yaml', import.meta.url),
  'utf8',
);

export const rate = (
  country: string,
  percent: string,
  name = 'VAT',
  taxClass = 'standard',
): ShopTaxRate => ({ id: 1, country, state: '', postcode: '', percent, name, taxClass });

export const status = (slug: string, total: number, name = slug): ShopStatus => ({
  slug,
  name,
  total,
});

/** A Dutch shop with the usual rates and no orders. */
export function survey(more: Partial<Survey> = {}): Survey {
  return {
    about: {
      name: 'Voorbeeldwinkel',
      timezone: 'Europe/Amsterdam',
      wooCommerceVersion: '10.0.2',
      currency: 'EUR',
      orderStorage: 'hpos',
      statuses: [status('processing', 37), status('completed', 100)],
      clockSkewMs: 0,
    },
    address: {
      street: 'Damrak 1',
      street2: '',
      postcode: '1012LG',
      city: 'Amsterdam',
      country: 'NL',
      state: '',
    },
    chargesTax: true,
    pricesIncludeTax: true,
    taxRates: [rate('NL', '21', 'BTW hoog'), rate('NL', '9', 'BTW laag', 'reduced-rate')],
    taxClasses: new Map([['standard', 'Standard rate']]),
    gateways: [{ id: 'bacs', title: 'BACS', enabled: true }],
    orders: [],
    gaps: [],
    ...more,
  };
}

export function choices(more: Partial<Choices> = {}): Choices {
  return {
    shop: 'main',
    url: 'https://shop.example.com',
    allowPlainHttp: false,
    consumerKey: { kind: 'file', path: './secrets/main-key' },
    consumerSecret: { kind: 'file', path: './secrets/main-secret' },
    since: '2026-01-01',
    timezone: 'Europe/Amsterdam',
    seller: { name: 'Voorbeeld BV', country: 'NL', vatNumber: 'NL000000000B00' },
    books: [{ type: 'journal', flavour: 'hledger' }],
    ...more,
  };
}
