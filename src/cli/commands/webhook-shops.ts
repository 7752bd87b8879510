import { randomUUID } from 'node:crypto';
import type { App } from '../../app.js';
import type { WebhookConfig } from '../../config/config.js';
import { holderOf, isDead } from '../../runtime/holder.js';
import { RegistrationBusyError, type RegistrationDeps } from '../../webhook/registration.js';
import { deliveryUrlOf, type WebhookTarget } from '../../webhook/registration-plan.js';
import {
  addressWarnings,
  secretWarnings,
  type WebhookWarning,
} from '../../webhook/registration-warnings.js';
import { ShopError } from '../../woocommerce/shop-error.js';
import {
  type CliContext,
  CommandError,
  type CommonOptions,
  chosenShops,
  withApp,
} from '../context.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import { printJson } from '../output.js';
import { printable } from '../table.js';

/** A shop with a webhook in the config, as the commands on webhooks work on it. */
export interface WebhookShopContext {
  readonly app: App;
  readonly id: string;
  readonly config: WebhookConfig;
  readonly target: WebhookTarget;
  readonly deps: RegistrationDeps;
  readonly signal: AbortSignal;
  /** Tells a person something at once; nothing where JSON was asked for. */
  readonly say: (line: string) => void;
}

/** What a command found or did at one shop: its JSON, its lines, and how it went. */
interface ShopResult {
  readonly json: Readonly<Record<string, unknown>>;
  readonly lines: readonly string[];
  readonly code: ExitCode;
}

export type ShopWork = (shop: WebhookShopContext) => Promise<ShopResult>;

/** Does the work at each shop; trouble with one is told and holds no other back. */
export async function onEachShop(
  context: CliContext,
  named: readonly string[],
  options: CommonOptions & { json?: boolean },
  work: ShopWork,
): Promise<ExitCode> {
  return withApp(context, options, 'command', async (app) => {
    const results: ShopResult[] = [];
    for (const id of shopsWithAddress(app, named)) {
      const say = (line: string) => {
        if (!options.json) context.terminal.out(`${id}: ${printable(line)}\n`);
      };
      const result = await doAt(app, id, work, { say, signal: context.signal });
      results.push(result);
      for (const line of result.lines) say(line);
    }
    if (options.json) {
      printJson(
        context,
        results.map(({ json }) => json),
      );
    }
    return worstOf(results.map(({ code }) => code));
  });
}

/** Those that were named must have a webhook with a url; of all, those that have one. */
function shopsWithAddress(app: App, named: readonly string[]): string[] {
  const hasAddress = (id: string) => webhookOf(app, id)?.url !== undefined;
  const ids = chosenShops(app, named);
  const without = ids.find((id) => !hasAddress(id));
  const able = ids.filter(hasAddress);
  if (able.length === 0 || (named.length > 0 && without !== undefined)) {
    throw new CommandError(
      EXIT.usage,
      `${without ?? 'No shop'} has no webhook with a url in the configuration.`,
      'Write `webhook: { secret: …, url: https://orderpark.example.com }` under the shop.',
    );
  }
  return able;
}

function webhookOf(app: App, id: string): WebhookConfig | undefined {
  return app.config.shops.find((shop) => shop.id === id)?.webhook;
}

async function doAt(
  app: App,
  id: string,
  work: ShopWork,
  more: Pick<WebhookShopContext, 'say' | 'signal'>,
): Promise<ShopResult> {
  const config = webhookOf(app, id);
  const url = config?.url;
  const secret = config?.secrets[0];
  if (!config || url === undefined || secret === undefined) {
    throw new RangeError(`${id} has no webhook`);
  }
  const { store, clock, logger } = app;
  const holder = `${holderOf()}:${randomUUID()}`;
  const deps = { client: app.client(id), store, clock, logger, holder, isDead };
  const target = { shop: id, url, secret };
  try {
    return await work({ app, id, config, target, deps, ...more });
  } catch (error) {
    if (error instanceof RegistrationBusyError) return failed(id, error.message, '', EXIT.busy);
    if (!(error instanceof ShopError) || error.kind === 'aborted') throw error;
    return failed(id, error.message, error.fix, EXIT.incomplete);
  }
}

function failed(shop: string, message: string, fix: string, code: ExitCode): ShopResult {
  const lines = [`failed: ${message}`, ...(fix === '' ? [] : [`  ${fix}`])];
  return { json: { shop, state: 'failed', error: { message, fix } }, lines, code };
}

/** What stands in the way of deliveries, as far as the config tells. */
export function warningsFor({ app, id, config, target }: WebhookShopContext): WebhookWarning[] {
  const shopUrl = app.config.shops.find((shop) => shop.id === id)?.url ?? '';
  return [...addressWarnings(target.url, shopUrl), ...secretWarnings(config.secrets)];
}

export function warningLines(warnings: readonly WebhookWarning[]): string[] {
  return warnings.flatMap(({ message, fix }) => [`warning: ${message}`, `  ${fix}`]);
}

export function addressOf({ target }: WebhookShopContext): string {
  return deliveryUrlOf(target);
}

/** Trouble that passes, then work in other hands, then what needs a person. */
function worstOf(codes: readonly ExitCode[]): ExitCode {
  const order: readonly ExitCode[] = [EXIT.incomplete, EXIT.busy, EXIT.attention];
  return order.find((code) => codes.includes(code)) ?? EXIT.done;
}
