import type { Command } from 'commander';
import type { CliContext } from '../context.js';
import type { ExitCode } from '../exit-codes.js';
import { countOption } from '../parse-options.js';
import { registerShop, removeShop, rotateShop } from './webhook-change.js';
import { statusOfShop, testShop } from './webhook-look.js';
import { onEachShop } from './webhook-shops.js';

export function addWebhook(
  program: Command,
  context: CliContext,
  done: (code: ExitCode) => void,
): void {
  const webhook = program
    .command('webhook')
    .description('the webhooks in the shops that tell of changes at once');
  const add = (name: string, description: string): Command =>
    webhook
      .command(name)
      .description(description)
      .argument('[shops...]', 'ids of shops; all that have a webhook unless named')
      .option('--json', 'print JSON');

  add('register', "make or repair the shop's webhooks; others' are left alone").action(
    async (shops: string[], _, command: Command) => {
      done(await onEachShop(context, shops, command.optsWithGlobals(), registerShop));
    },
  );
  add('status', 'show what the shop has of our webhooks, and what came of late').action(
    async (shops: string[], _, command: Command) => {
      done(await onEachShop(context, shops, command.optsWithGlobals(), statusOfShop));
    },
  );
  add('test', 'prove that our address answers as it must; touches nothing in the shop')
    .option('--wait <seconds>', 'then wait so long for a real delivery', countOption)
    .action(async (shops: string[], _, command: Command) => {
      const options: { wait?: number } = command.optsWithGlobals();
      const test = testShop(options.wait ?? 0);
      done(await onEachShop(context, shops, command.optsWithGlobals(), test));
    });
  add('rotate', "give the shop's webhooks the first of two secrets").action(
    async (shops: string[], _, command: Command) => {
      done(await onEachShop(context, shops, command.optsWithGlobals(), rotateShop));
    },
  );
  add('remove', "delete our webhooks in the shop; others' are left alone").action(
    async (shops: string[], _, command: Command) => {
      done(await onEachShop(context, shops, command.optsWithGlobals(), removeShop));
    },
  );
}
