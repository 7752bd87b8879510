import { z } from 'zod';
import type { Statement } from '../batch/statement.js';
import { ORDER_STATES } from '../orders/states.js';
import { instant, minor } from './scalars.js';

const money = z.record(z.string(), minor).readonly().describe('Gross per currency.');
const tally = z.object({ count: z.int(), byCurrency: money });

/** The shop's own count and money against ours: see `Statement`. */
export const statementShape = z.object({
  shop: z.string(),
  from: instant,
  to: instant,
  madeAt: instant,
  listed: tally.describe('What the shop lists.'),
  states: z.record(z.enum(ORDER_STATES), tally).describe('What we have.'),
  notListed: tally.describe('Of what we have: left out of the shop’s own lists.'),
  difference: z.object({
    count: z.int(),
    byCurrency: money.describe('The shop’s money less ours.'),
    orderIds: z.array(z.int()).readonly(),
    orders: z.array(z.object({ orderId: z.int().nullable(), what: z.string() })).readonly(),
  }),
  vat: z
    .array(
      z.object({
        currency: z.string(),
        percent: z.string(),
        country: z.string(),
        code: z.string(),
        baseMinor: minor,
        taxMinor: minor,
      }),
    )
    .readonly()
    .describe('Documents of the period per rate: invoices less credit notes.'),
});

export function statementJson(statement: Statement): z.infer<typeof statementShape> {
  return statement;
}
