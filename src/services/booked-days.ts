import type { App } from '../app.js';
import { addDays, instantOf, type LocalDate } from '../orders/time.js';
import { startOfLocalDay } from '../runtime/zoned.js';
import type { BookedDay } from '../store/store.js';

/** What was booked on one day of the config's zone. */
export interface DayOfBookings {
  readonly date: LocalDate;
  /** Per currency; empty where nothing was booked. */
  readonly amounts: readonly Pick<BookedDay, 'currency' | 'grossMinor'>[];
  readonly documents: number;
  /** From an order being seen as one to book until its document was booked; null where none was. */
  readonly meanLagMs: number | null;
  readonly longestLagMs: number | null;
}

/** Each day of `[first, first + days)`, those without bookings too. */
export async function bookedDays(
  { store, config }: Pick<App, 'store' | 'config'>,
  books: string,
  first: LocalDate,
  days: number,
): Promise<readonly DayOfBookings[]> {
  const startOf = (date: LocalDate) => instantOf(startOfLocalDay(date, config.timezone));
  const spans = Array.from({ length: days }, (_, day) => addDays(first, day)).map((date) => ({
    ...{ date, from: startOf(date), to: startOf(addDays(date, 1)) },
  }));
  const booked = await store.bookedPerDay(books, spans);
  return spans.map(({ date }) => dayOf(date, booked));
}

function dayOf(date: LocalDate, booked: readonly BookedDay[]): DayOfBookings {
  const own = booked.filter((each) => each.date === date);
  const sum = (of: (each: BookedDay) => number) => own.reduce((all, each) => all + of(each), 0);
  const documents = sum((each) => each.documents);
  return {
    date,
    documents,
    amounts: own.map(({ currency, grossMinor }) => ({ currency, grossMinor })),
    meanLagMs: documents === 0 ? null : Math.round(sum(({ lagMs }) => lagMs) / documents),
    longestLagMs: documents === 0 ? null : Math.max(...own.map(({ longestLagMs }) => longestLagMs)),
  };
}
