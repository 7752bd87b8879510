import { attemptJson } from '../../shapes/subscription.js';
import { type CliContext, CommandError, type CommonOptions, withApp } from '../context.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import { counted, printJson } from '../output.js';
import { printable } from '../table.js';
import { unknownSubscription } from './subscriptions-change.js';

interface DeliverOptions extends CommonOptions {
  readonly json?: boolean;
}

export async function sendTest(
  context: CliContext,
  id: string,
  options: DeliverOptions,
): Promise<ExitCode> {
  return withApp(context, options, 'command', async ({ outbound }) => {
    const tested = await outbound.test(id, context.signal);
    switch (tested.kind) {
      case 'unknown':
        throw unknownSubscription(id);
      case 'stopped':
        return EXIT.incomplete;
      case 'tested': {
        const { attempt } = tested;
        const { status, error, durationMs, responseBody } = attempt;
        const said = error === null ? `it was taken (${status})` : `it failed: ${error}`;
        const lines = [
          `${said}, after ${durationMs} ms`,
          ...(responseBody === '' ? [] : [`  the answer: ${printable(responseBody)}`]),
        ];
        if (options.json) printJson(context, attemptJson(attempt));
        else context.terminal.out(`${lines.join('\n')}\n`);
        return error === null ? EXIT.done : EXIT.incomplete;
      }
    }
  });
}

export async function retry(
  context: CliContext,
  id: string,
  options: DeliverOptions & { readonly event?: string },
): Promise<ExitCode> {
  return withApp(context, options, 'command', async ({ outbound }) => {
    const retried =
      options.event === undefined
        ? await outbound.retryAllFailed(id)
        : await outbound.retry(id, options.event);
    switch (retried.kind) {
      case 'queued': {
        const { count } = retried;
        if (options.json) printJson(context, { id, queued: count });
        else context.terminal.out(`${counted(count, 'event')} due now; ${WHO_DELIVERS}\n`);
        return EXIT.done;
      }
      case 'unknown':
        throw unknownSubscription(id);
      case 'unknown-event':
        throw new CommandError(
          EXIT.failed,
          `${id} was told of no event ${JSON.stringify(options.event)} in the last thirty days.`,
          `\`orderpark subscriptions attempts ${id}\` tells of which.`,
        );
      case 'disabled':
        throw new CommandError(
          EXIT.failed,
          `${id} is disabled, so nothing is delivered to it.`,
          `\`orderpark subscriptions enable ${id}\`, then try again.`,
        );
      case 'waits-already':
        throw new CommandError(EXIT.failed, `That event waits to be delivered; ${WHO_DELIVERS}`);
    }
  });
}

const WHO_DELIVERS =
  '`orderpark run` delivers within seconds, `orderpark subscriptions deliver` now.';

export async function deliverDue(context: CliContext, options: DeliverOptions): Promise<ExitCode> {
  return withApp(context, options, 'command', async ({ outbound }) => {
    const report = await outbound.deliverDue(context.signal);
    const { delivered, failed } = report;
    if (options.json) printJson(context, report);
    else {
      context.terminal.out(
        `${counted(delivered, 'event')} delivered, ${counted(failed, 'attempt')} failed\n`,
      );
    }
    return failed > 0 || context.signal.aborted ? EXIT.incomplete : EXIT.done;
  });
}
