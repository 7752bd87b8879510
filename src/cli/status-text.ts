import { counted, timeText } from './output.js';
import type {
  AlertStatus,
  BooksStatus,
  RunStatus,
  ShopStatus,
  StatusJson,
  WebhookStatus,
} from './status.js';
import { printable } from './table.js';

/** The same for a person; times on the clock of `zone`. */
export function statusText({ daemon, shops, books, alerts }: StatusJson, zone: string): string {
  const lines = [
    daemon === null
      ? 'No process has claimed this database: `orderpark run` is not up, or it is PostgreSQL.'
      : `orderpark runs since ${timeText(daemon.since, zone)} (${daemon.holder.split(':').slice(0, 2).join(', process ')}).`,
    ...shops.flatMap((shop) => ['', ...shopLines(shop, zone)]),
    ...books.flatMap((one) => ['', ...booksLines(one, zone)]),
    ...alerts.flatMap((one) => ['', ...alertLines(one, zone)]),
  ];
  return `${lines.map(printable).join('\n')}\n`;
}

function shopLines({ shop, lastPoll, lastBatch, orders, webhook }: ShopStatus, zone: string) {
  return [
    `shop ${shop}`,
    `  poll:     ${runText(lastPoll, zone)}`,
    `  batch:    ${runText(lastBatch, zone)}`,
    `  orders:   ${countsText(orders)}`,
    ...(webhook === null ? ['  webhook:  none configured'] : webhookLines(webhook, zone)),
  ];
}

function runText(run: RunStatus | null, zone: string): string {
  if (run === null) return 'never';
  const at = timeText(run.endedAt ?? run.startedAt, zone);
  const why = run.error === null ? '' : `: ${run.error}`;
  return `${run.state} ${run.endedAt === null ? 'since' : 'at'} ${at}${why}`;
}

function webhookLines(
  { lastDeliveryAt, backlog, oldestWaitsMs, lag }: WebhookStatus,
  zone: string,
) {
  const last = lastDeliveryAt === null ? 'none yet' : timeText(lastDeliveryAt, zone);
  const waiting = oldestWaitsMs === null ? '' : `, the oldest for ${durationText(oldestWaitsMs)}`;
  return [
    `  webhook:  last delivery ${last}; ${counted(backlog, 'waits', 'wait')}${waiting}`,
    ...(lag === null
      ? []
      : [
          `  lag:      half within ${durationText(lag.p50Ms)}, 95 % within ${durationText(lag.p95Ms)} (of the last ${lag.count}, from delivery to posting)`,
        ]),
  ];
}

function booksLines({ books, postings, paused }: BooksStatus, zone: string): string[] {
  return [
    `books ${books}`,
    `  postings: ${countsText(postings)}`,
    ...(paused === null
      ? []
      : [`  paused until ${timeText(paused.until, zone)}: ${paused.reason}`]),
  ];
}

function alertLines({ subject, fix, raisedAt }: AlertStatus, zone: string): string[] {
  return [`needs you: ${subject}, since ${timeText(raisedAt, zone)}`, `  ${fix}`];
}

function countsText(counts: Readonly<Record<string, number>>): string {
  const some = Object.entries(counts).filter(([, count]) => count > 0);
  return some.length === 0 ? 'none' : some.map(([name, count]) => `${count} ${name}`).join(', ');
}

function durationText(ms: number): string {
  if (ms < 1000) return `${ms} ms`;
  if (ms < 120_000) return `${Math.round(ms / 100) / 10} s`;
  if (ms < 7_200_000) return `${Math.round(ms / 60_000)} min`;
  return `${Math.round(ms / 3_600_000)} h`;
}
