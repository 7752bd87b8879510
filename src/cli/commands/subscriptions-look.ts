import type { App } from '../../app.js';
import type { Subscription } from '../../outbound/subscription.js';
import { attemptJson, subscriptionJson } from '../../shapes/subscription.js';
import type { StoredAttempt } from '../../store/store.js';
import { type CliContext, type CommonOptions, withApp } from '../context.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import { printJson, timeText } from '../output.js';
import { table } from '../table.js';
import { unknownSubscription } from './subscriptions-change.js';

interface LookOptions extends CommonOptions {
  readonly json?: boolean;
}

export async function listSubscriptions(
  context: CliContext,
  options: LookOptions,
): Promise<ExitCode> {
  return withApp(context, options, 'command', async ({ outbound, config }) => {
    const all = await outbound.list();
    if (options.json) {
      printJson(context, all.map(subscriptionJson));
      return EXIT.done;
    }
    const rows = all.map((one) => [
      one.id,
      stateOf(one),
      one.events.length === 0 ? `${one.category}: every event` : one.events.join(' '),
      String(one.waiting),
      String(one.failed),
      one.deliveredAt === null ? '' : timeText(one.deliveredAt, config.timezone),
      [one.url, one.description, one.disabled?.reason ?? ''].filter(Boolean).join('; '),
    ]);
    context.terminal.out(rows.length === 0 ? NONE : table(COLUMNS, rows));
    return EXIT.done;
  });
}

const NONE = 'There are no subscriptions: `orderpark subscriptions add https://…` makes one.\n';

const COLUMNS = [
  { title: 'id' },
  { title: 'is' },
  { title: 'wants' },
  { title: 'waiting', align: 'right' },
  { title: 'failed', align: 'right' },
  { title: 'delivered' },
  { title: 'to' },
] as const;

function stateOf({ enabled, failures }: Subscription): string {
  if (!enabled) return 'disabled';
  return failures === 0 ? 'enabled' : 'failing';
}

interface AttemptOptions extends LookOptions {
  readonly failed?: boolean;
  readonly limit?: number;
}

export async function listAttempts(
  context: CliContext,
  id: string,
  options: AttemptOptions,
): Promise<ExitCode> {
  return withApp(context, options, 'command', async (app) => {
    if (!(await app.outbound.get(id))) throw unknownSubscription(id);
    const { failed, limit = 100 } = options;
    const query = { subscriptionId: id, ...(failed === undefined ? {} : { failed }) };
    const attempts = await app.outbound.attempts(query, { limit });
    if (options.json) printJson(context, attempts.map(attemptJson));
    else context.terminal.out(attemptTable(app, attempts));
    return EXIT.done;
  });
}

function attemptTable({ config }: App, attempts: readonly StoredAttempt[]): string {
  if (attempts.length === 0) return 'No such attempts.\n';
  const rows = attempts.map(({ startedAt, event, number, status, durationMs, error }) => [
    timeText(startedAt, config.timezone),
    event.type,
    event.id,
    String(number),
    status === null ? '' : String(status),
    `${durationMs} ms`,
    error ?? 'delivered',
  ]);
  return table(ATTEMPT_COLUMNS, rows);
}

const ATTEMPT_COLUMNS = [
  { title: 'when' },
  { title: 'event' },
  { title: '' },
  { title: 'attempt', align: 'right' },
  { title: 'answer', align: 'right' },
  { title: 'took', align: 'right' },
  { title: '' },
] as const;
