import type { Order } from '../orders/order.js';
import { addDays, epochMsOf, type LocalDate, localDateOf } from '../orders/time.js';
import type { DocumentSettings } from './settings.js';
import { Unbookable } from './unbookable.js';

export interface Dating {
  readonly date: LocalDate;
  /** Says so where the day was moved out of a closed period. */
  readonly notes: readonly string[];
}

/** The configured moment, or the best one there is: paid, else completed, else ordered. */
export function invoiceDating(order: Order, settings: DocumentSettings): Dating {
  const moments: Record<DocumentSettings['invoiceDate'], string | null> = {
    paid: order.paidAt ?? order.completedAt,
    completed: order.completedAt ?? order.paidAt,
    ordered: order.createdAt,
  };
  return dating(moments[settings.invoiceDate] ?? order.createdAt, settings);
}

/** The day of a moment in the configured zone, moved out of a closed period as configured. */
export function dating(instant: string, settings: DocumentSettings): Dating {
  const date = localDateOf(epochMsOf(instant), settings.timezone);
  const locked = settings.lockedThrough;
  if (!locked || date > locked.date) return { date, notes: [] };
  if (locked.then === 'block') {
    throw new Unbookable(
      `Its date, ${date}, is in a period closed through ${locked.date}.`,
      'Change documents.lockedThrough, or set its `then` to next-open-day.',
    );
  }
  return {
    date: addDays(locked.date, 1),
    notes: [`Dated on the first open day: its own date, ${date}, is in a closed period.`],
  };
}
