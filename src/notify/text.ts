import { epochMsOf, type Instant } from '../orders/time.js';
import type { StoredAlert } from '../store/store.js';
import type { News } from './book.js';

/** The message in one line. */
export function headline(news: News): string {
  const { raised, reminded, cleared } = news;
  if (raised.length > 0) return counted(raised, 'things need you');
  if (reminded.length > 0) return `reminder: ${counted(reminded, 'things still need you')}`;
  return `all clear: ${counted(cleared, 'things are over')}`;
}

/** The message as plain text, with times on the clock of `zone`. */
export function plainText(news: News, zone: string): string {
  const time = timeIn(zone);
  const open = (alert: StoredAlert) => [oneLine(alert.message), `What to do: ${alert.fix}`];
  return [
    ...section('New', news.raised, open),
    ...section('Still so', news.reminded, (alert) => [
      `Since ${time(alert.raisedAt)}.`,
      ...open(alert),
    ]),
    ...section('Over', news.cleared, (alert) => [
      `It was so from ${time(alert.raisedAt)} to ${time(alert.clearedAt ?? alert.raisedAt)}.`,
    ]),
    '-- ',
    `Sent by orderpark. Times are of ${zone}. Each is told once, then as a reminder while it lasts, and once when it is over.`,
    '',
  ].join('\n');
}

function section(
  title: string,
  alerts: readonly StoredAlert[],
  lines: (alert: StoredAlert) => readonly string[],
): string[] {
  if (alerts.length === 0) return [];
  const entries = alerts.flatMap((alert) => [`* ${oneLine(alert.subject)}`, ...lines(alert), '']);
  return [title, '='.repeat(title.length), '', ...entries];
}

function counted(alerts: readonly StoredAlert[], many: string): string {
  const [only] = alerts;
  return only && alerts.length === 1 ? oneLine(only.subject) : `${alerts.length} ${many}`;
}

/** What a shop said may hold anything. */
function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

function timeIn(zone: string): (instant: Instant) => string {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    dateStyle: 'medium',
    timeStyle: 'short',
  });
  return (instant) => format.format(epochMsOf(instant));
}
