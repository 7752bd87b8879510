import type { SubscriptionWish } from '../../outbound/check-wish.js';
import type { Changed, Created, Rotated } from '../../outbound/outbound.js';
import type { Subscription } from '../../outbound/subscription.js';
import { subscriptionJson } from '../../shapes/subscription.js';
import { type CliContext, CommandError, type CommonOptions, withApp } from '../context.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import { printJson, timeText } from '../output.js';
import { printable } from '../table.js';

interface WishOptions extends CommonOptions {
  readonly json?: boolean;
  readonly category?: string;
  readonly event?: readonly string[];
  readonly description?: string;
}

export async function addSubscription(
  context: CliContext,
  url: string,
  options: WishOptions & { readonly disabled?: boolean },
): Promise<ExitCode> {
  return withApp(context, options, 'command', async ({ outbound }) => {
    const enabled = options.disabled !== true;
    const created = await outbound.create({ ...wishOf(options), url, enabled });
    if (created.kind !== 'created') throw refusal(created);
    tellSecret(context, options, created, [
      `${created.subscription.id} was made, for ${printable(created.subscription.url)}.`,
    ]);
    return EXIT.done;
  });
}

export async function editSubscription(
  context: CliContext,
  id: string,
  options: WishOptions & { readonly url?: string; readonly allEvents?: boolean },
): Promise<ExitCode> {
  const { url, allEvents } = options;
  return change(context, id, options, {
    ...wishOf(options),
    ...(url === undefined ? {} : { url }),
    ...(allEvents === undefined ? {} : { events: [] }),
  });
}

export function enableSubscription(enabled: boolean) {
  return (context: CliContext, id: string, options: WishOptions): Promise<ExitCode> =>
    change(context, id, options, { enabled });
}

async function change(
  context: CliContext,
  id: string,
  options: WishOptions,
  wish: SubscriptionWish,
): Promise<ExitCode> {
  return withApp(context, options, 'command', async ({ outbound }) => {
    const changed = await outbound.change(id, wish);
    if (changed.kind !== 'changed') throw refusal(changed, id);
    const { subscription } = changed;
    if (options.json) printJson(context, subscriptionJson(subscription));
    else context.terminal.out(`${id} is ${subscription.enabled ? 'enabled' : 'disabled'}.\n`);
    return EXIT.done;
  });
}

export async function removeSubscription(
  context: CliContext,
  id: string,
  options: WishOptions,
): Promise<ExitCode> {
  return withApp(context, options, 'command', async ({ outbound }) => {
    const removed = await outbound.remove(id);
    if (removed.kind === 'unknown') throw unknownSubscription(id);
    if (options.json) printJson(context, { id, state: 'removed' });
    else context.terminal.out(`${id} was removed.\n`);
    return EXIT.done;
  });
}

export async function rotateSecret(
  context: CliContext,
  id: string,
  options: WishOptions,
): Promise<ExitCode> {
  return withApp(context, options, 'command', async ({ outbound, config }) => {
    const rotated = await outbound.rotate(id);
    if (rotated.kind !== 'rotated') throw refusal(rotated, id);
    const until = timeText(rotated.previousUntil, config.timezone);
    tellSecret(context, options, rotated, [
      `${id} has a new secret. Until ${until} the one before signs as well: give the new one to its receiver by then.`,
    ]);
    return EXIT.done;
  });
}

function wishOf({ category, event, description }: WishOptions): SubscriptionWish {
  return {
    ...(category === undefined ? {} : { category }),
    ...(event === undefined ? {} : { events: event }),
    ...(description === undefined ? {} : { description }),
  };
}

/** The one time that it can be had. */
function tellSecret(
  context: CliContext,
  { json }: WishOptions,
  { subscription, secret }: { readonly subscription: Subscription; readonly secret: string },
  lines: readonly string[],
): void {
  if (json) {
    printJson(context, { ...subscriptionJson(subscription), secret });
    return;
  }
  const shown = [...lines, 'Its secret, which is shown now and never again:', secret];
  context.terminal.out(`${shown.join('\n')}\n`);
}

type Refused =
  | Exclude<Created, { kind: 'created' }>
  | Exclude<Changed, { kind: 'changed' }>
  | Exclude<Rotated, { kind: 'rotated' }>;

function refusal(refused: Refused, id = ''): CommandError {
  switch (refused.kind) {
    case 'unknown':
      return unknownSubscription(id);
    case 'invalid': {
      const lines = refused.problems.map(
        ({ field, message, fix }) => `${field}: ${message} ${fix}`,
      );
      return new CommandError(EXIT.usage, lines.join('\n'));
    }
    case 'no-secret-key':
      return new CommandError(EXIT.config, `${refused.message}\n${refused.fix}`);
    case 'too-many':
      return new CommandError(
        EXIT.failed,
        `There are ${refused.most} subscriptions, and that is the most.`,
        'Remove one: `orderpark subscriptions list` tells which there are.',
      );
  }
}

export function unknownSubscription(id: string): CommandError {
  return new CommandError(
    EXIT.failed,
    `There is no subscription ${JSON.stringify(id)}.`,
    '`orderpark subscriptions list` tells which there are.',
  );
}
