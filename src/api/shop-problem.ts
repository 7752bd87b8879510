import { Problem } from '../server/problem.js';
import { ShopError } from '../woocommerce/shop-error.js';

/** A shop that cannot be asked is not our fault, and not of the request. */
export async function asProblem<Result>(ask: () => Promise<Result>): Promise<Result> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof ShopError) throw new Problem(502, error.message, { fix: error.fix });
    throw error;
  }
}
