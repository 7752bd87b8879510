import { registerShop } from '../commands/webhook-change.js';
import { onEachShop } from '../commands/webhook-shops.js';
import type { CliContext, CommonOptions } from '../context.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import type { Session } from './session.js';

/** What became of the offer to make the webhooks. */
export interface Registered {
  readonly code: ExitCode;
  /** As `webhook register --json` prints it; null where it was not done. */
  readonly json: unknown;
}

/** Makes the webhooks in the shop where somebody says so; the same is done at each start of `run`. */
export async function offerRegistration(session: Session, shop: string): Promise<Registered> {
  const { context, options, answers, path, note } = session;
  if (!answers.canAsk && !options.yes) {
    note(
      `The webhooks are made when \`orderpark run\` starts, or by \`orderpark webhook register\`.`,
    );
    return { code: EXIT.done, json: null };
  }
  const isWished = await answers.confirm({
    option: '--yes',
    message: 'Make the webhooks in the shop now? (`orderpark run` does it too, when it starts)',
    initial: true,
  });
  if (!isWished) return { code: EXIT.done, json: null };
  if (!options.json) {
    return { code: await onEachShop(context, [shop], { config: path }, registerShop), json: null };
  }
  const { code, text } = await registerQuietly(context, shop, { config: path, json: true });
  return { code, json: JSON.parse(text) };
}

/** The same for who does not read the terminal: `text` is what it would have said. */
export async function registerQuietly(
  context: CliContext,
  shop: string,
  options: CommonOptions & { readonly json?: boolean },
): Promise<{ readonly code: ExitCode; readonly text: string }> {
  const printed: string[] = [];
  const terminal = { ...context.terminal, out: (text: string) => void printed.push(text) };
  const code = await onEachShop({ ...context, terminal }, [shop], options, registerShop);
  return { code, text: printed.join('') };
}
