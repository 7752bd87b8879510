import type { Command } from 'commander';
import type { CliContext } from '../context.js';
import type { ExitCode } from '../exit-codes.js';
import { countOption } from '../parse-options.js';
import {
  addSubscription,
  editSubscription,
  enableSubscription,
  removeSubscription,
  rotateSecret,
} from './subscriptions-change.js';
import { deliverDue, retry, sendTest } from './subscriptions-deliver.js';
import { listAttempts, listSubscriptions } from './subscriptions-look.js';

export function addSubscriptions(
  program: Command,
  context: CliContext,
  done: (code: ExitCode) => void,
): void {
  const subscriptions = program
    .command('subscriptions')
    .description('outbound webhooks: which addresses are told of what happens here');
  const add = (name: string, description: string): Command =>
    subscriptions.command(name).description(description).option('--json', 'print JSON');
  const ofOne = (name: string, description: string): Command =>
    add(name, description).argument('<id>', 'id of a subscription, as sub_0123456789ab');
  type OnOne = (context: CliContext, id: string, options: object) => Promise<ExitCode>;
  const does = (work: OnOne) => async (id: string, _: object, command: Command) =>
    done(await work(context, id, command.optsWithGlobals()));

  add('list', 'list subscriptions, with what waits for them').action(async (_, command: Command) =>
    done(await listSubscriptions(context, command.optsWithGlobals())),
  );
  withWish(add('add', 'make a subscription; its secret is printed once'))
    .argument('<url>', 'where to: https://…')
    .option('--disabled', 'do not deliver to it yet')
    .action(does(addSubscription));
  withWish(ofOne('edit', 'change a subscription; what is not named stays'))
    .option('--url <url>', 'where to')
    .option('--all-events', 'all events of the category')
    .action(does(editSubscription));
  ofOne('enable', 'deliver to it, also after it was disabled by itself').action(
    does(enableSubscription(true)),
  );
  ofOne('disable', 'deliver nothing to it; what happens meanwhile is not told later').action(
    does(enableSubscription(false)),
  );
  ofOne('remove', 'remove it, with its attempts and with what waits for it').action(
    does(removeSubscription),
  );
  ofOne('rotate', 'make a new secret, printed once; the old one signs too for a day').action(
    does(rotateSecret),
  );
  ofOne('test', 'send it a test now, once, and show the answer').action(does(sendTest));
  ofOne('attempts', 'list attempts to deliver, newest first')
    .option('--failed', 'only those that failed')
    .option('--limit <count>', 'at most so many; 100 unless told', countOption)
    .action(does(listAttempts));
  ofOne('retry', 'have all events delivered that failed, or one')
    .option('--event <id>', 'this event, delivered before or not')
    .action(does(retry));
  add('deliver', 'deliver once what is due; `run` does it by itself').action(
    async (_, command: Command) => done(await deliverDue(context, command.optsWithGlobals())),
  );
}

function withWish(command: Command): Command {
  return command
    .option('--category <name>', 'orders, documents, operations, or all')
    .option('--event <name...>', 'only these events; all of the category unless told')
    .option('--description <text>', 'what it is for');
}
