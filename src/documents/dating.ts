import type { Order } from '../orders/order.js';
import { addDays, epochMsOf, type LocalDate, localDateOf } from '../orders/time.js';
import type { Document } from './document.js';
import type { DocumentSettings } from './settings.js';
import { Unbookable } from './unbookable.js';

export interface Dating {
  readonly date: LocalDate;
  /** Says so where the day was moved. */
  readonly notes: readonly string[];
}

/** The configured moment, or the best one there is: paid, else completed, else ordered. */
export function invoiceDating(order: Order, settings: DocumentSettings): Dating {
  const moments: Record<DocumentSettings['invoiceDate'], string | null> = {
    paid: order.paidAt ?? order.completedAt,
    completed: order.completedAt ?? order.paidAt,
    ordered: order.createdAt,
  };
  const moment = moments[settings.invoiceDate] ?? order.createdAt;
  return onOpenDay(dayOf(moment, settings), settings);
}

/** The day of a moment, or of the invoice where that is later: no credit note precedes what it corrects. */
export function creditDating(
  instant: string,
  invoice: Pick<Document, 'date'>,
  settings: DocumentSettings,
): Dating {
  const own = dayOf(instant, settings);
  if (own >= invoice.date) return onOpenDay(own, settings);
  const { date, notes } = onOpenDay(invoice.date, settings);
  const moved = `Dated no earlier than its invoice of ${invoice.date}: its own date, ${own}, is before it.`;
  return { date, notes: [moved, ...notes] };
}

/** On the calendar of the configured zone. */
function dayOf(instant: string, { timezone }: DocumentSettings): LocalDate {
  return localDateOf(epochMsOf(instant), timezone);
}

/** Moved out of a closed period as configured. */
function onOpenDay(date: LocalDate, settings: DocumentSettings): Dating {
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
