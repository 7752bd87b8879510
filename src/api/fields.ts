import { z } from 'zod';
import { Problem } from '../server/problem.js';

const LONGEST = 200;

export const shopId = z.string().max(LONGEST).describe('Id of a shop in the config.');
export const booksId = z.string().max(LONGEST).describe('Id of books in the config.');
const orderId = z.coerce.number().int().min(1).describe('WooCommerce’s id of the order.');
export const documentKey = z
  .string()
  .max(LONGEST)
  .describe('Key of a document, with each `/` as `%2F`.');
export const text = z.string().min(1).max(LONGEST);

export const anOrder = z.strictObject({ shop: shopId, id: orderId });
export const aDocument = z.strictObject({ key: documentKey });

const DEFAULT_LIMIT = 50;
export const limit = z.coerce
  .number()
  .int()
  .min(1)
  .max(500)
  .default(DEFAULT_LIMIT)
  .describe('At most so many.');

/** Throws the problem that says that there is none. */
export function found<Value>(value: Value | undefined, what: string): Value {
  if (value === undefined) throw new Problem(404, `There is no such ${what}.`);
  return value;
}
