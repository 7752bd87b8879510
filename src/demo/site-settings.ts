import type { Json } from './json.js';

type Setting = readonly [id: string, label: string, type: string, preset: string, value: string];

const GENERAL: readonly Setting[] = [
  ['store_address', 'Address line 1', 'text', '', 'Damrak 1'],
  ['store_address_2', 'Address line 2', 'text', '', ''],
  ['store_city', 'City', 'text', '', 'Amsterdam'],
  ['default_country', 'Country / State', 'select', 'US:CA', 'NL'],
  ['store_postcode', 'Postcode / ZIP', 'text', '', '1012LG'],
  ['allowed_countries', 'Selling location(s)', 'select', 'all', 'all'],
  ['all_except_countries', 'Sell to all countries, except for&hellip;', 'multiselect', '', ''],
  ['specific_allowed_countries', 'Sell to specific countries', 'multiselect', '', ''],
  ['ship_to_countries', 'Shipping location(s)', 'select', '', ''],
  ['specific_ship_to_countries', 'Ship to specific countries', 'multiselect', '', ''],
  ['default_customer_address', 'Default customer location', 'select', 'base', 'base'],
  ['calc_taxes', 'Enable taxes', 'checkbox', 'no', 'yes'],
  ['enable_coupons', 'Enable coupons', 'checkbox', 'yes', 'yes'],
  ['calc_discounts_sequentially', '', 'checkbox', 'no', 'no'],
  ['currency', 'Currency', 'select', 'USD', 'EUR'],
  ['currency_pos', 'Currency position', 'select', 'left', 'left_space'],
  ['price_thousand_sep', 'Thousand separator', 'text', ',', '.'],
  ['price_decimal_sep', 'Decimal separator', 'text', '.', ','],
  ['price_num_decimals', 'Number of decimals', 'number', '2', '2'],
];

/** `/settings/general`, as recorded (`settings-general`). */
export function generalSettings(): Json {
  return GENERAL.map(wireSetting);
}

const TAX: readonly Setting[] = [
  ['prices_include_tax', 'Prices entered with tax', 'radio', 'no', 'yes'],
  ['tax_based_on', 'Calculate tax based on', 'select', 'shipping', 'shipping'],
  ['shipping_tax_class', 'Shipping tax class', 'select', 'inherit', 'inherit'],
  ['tax_round_at_subtotal', 'Rounding', 'checkbox', 'no', 'no'],
  ['tax_classes', 'Additional tax classes', 'textarea', '', ''],
  ['tax_display_shop', 'Display prices in the shop', 'select', 'excl', 'incl'],
  ['tax_display_cart', 'Display prices during cart and checkout', 'select', 'excl', 'incl'],
  ['price_display_suffix', 'Price display suffix', 'text', '', ''],
  ['tax_total_display', 'Display tax totals', 'select', 'itemized', 'itemized'],
];

/** `/settings/tax`, as recorded (`settings-tax`). */
export function taxSettings(): Json {
  return TAX.map(wireSetting);
}

function wireSetting([id, label, type, preset, value]: Setting): Json {
  return { id: `woocommerce_${id}`, label, type, default: preset, value };
}
