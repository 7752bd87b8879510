import { type Micros, micros } from './micros.js';
import type { PricedItem } from './pricing.js';

/** What the demo shop sells; ids, names, numbers and prices of the recorded shop. */
export interface Product {
  readonly id: number;
  readonly name: string;
  readonly sku: string;
  /** With Dutch tax. */
  readonly price: Micros;
  /** Null where not taxed. */
  readonly taxClass: string | null;
}

function product(
  id: number,
  name: string,
  sku: string,
  price: string,
  taxClass: string | null = '',
) {
  return { id, name, sku, price: micros(price), taxClass };
}

export const PRODUCTS = {
  shirt: product(10, 'T-shirt', 'TSH-001', '19.95'),
  mug: product(11, 'Mok', 'MUG-002', '9.99'),
  book: product(12, 'Boek "Het huis"', 'BOOK-003', '24.50', 'reduced-rate'),
  pencil: product(13, 'Potlood', 'PEN-004', '0.07'),
  lamp: product(14, 'Lamp', 'LAMP-005', '149.00'),
  voucher: product(16, 'Cadeaubon', 'GIFT-007', '50.00', 'zero-rate'),
  sprinkles: product(18, 'Hagelslag', 'FOOD-009', '2.19', 'reduced-rate'),
  donation: product(19, 'Donatie', 'DON-010', '10.00', null),
  sample: product(20, 'Proefmonster', 'FREE-011', '0.00'),
  chair: product(21, 'Stoel', 'CHAIR-012', '333.33'),
  desk: product(22, 'Bureau', 'DESK-013', '1249.00'),
  cable: product(23, 'Kabel', 'CABLE-014', '3.33'),
  screw: product(24, 'Schroef', 'SCREW-015', '0.01'),
  wine: product(25, 'Wijn', 'WINE-016', '7.77'),
  sticker: product(26, 'Sticker 🎉🚲 <b>limited</b> & co', 'EMO-017', '1.99'),
  arabicBook: product(27, 'كتاب عربي — ספר עברי', 'RTL-018', '14.95', 'reduced-rate'),
  teaBowl: product(31, '茶碗 抹茶', 'JP-021', '3800', null),
  halfCent: product(32, 'Halve cent', 'HALF-022', '1.005'),
  bundle: product(346, 'Kerstpakket', 'XBUND-043', '59.95'),
  fabric: product(348, 'Stof per meter', 'XFAB-045', '12.00'),
} as const satisfies Record<string, Product>;

/** A product in a cart, at its own price or another one. */
export function itemOf(product: Product, quantity: number, price = product.price): PricedItem {
  const { id, name, sku, taxClass } = product;
  return { productId: id, name, sku, price, quantity, taxClass };
}

export function productById(id: number): Product | undefined {
  return Object.values<Product>(PRODUCTS).find((product) => product.id === id);
}
