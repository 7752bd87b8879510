import { Problem } from '../server/problem.js';
import { shopTrouble } from '../services/shop-trouble.js';

/** A shop that cannot be asked is not our fault, and not of the request. */
export async function asProblem<Result>(ask: () => Promise<Result>): Promise<Result> {
  try {
    return await ask();
  } catch (error) {
    const trouble = shopTrouble(error);
    if (trouble) throw new Problem(502, trouble.message, { fix: trouble.fix });
    throw error;
  }
}
