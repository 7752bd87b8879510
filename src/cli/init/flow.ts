import { connectShop } from '../../app.js';
import { shopFacts } from '../../check/check-shop.js';
import { ListenError } from '../../server/listen-error.js';
import { PROBLEM_OF } from '../../setup/answers.js';
import type { Choices } from '../../setup/choices.js';
import type { ShopKeys } from '../../setup/keys.js';
import type { KeptSecret } from '../../setup/secrets.js';
import { type Survey, surveyShop } from '../../setup/survey.js';
import { newWebhookSecret, type OwnAddress, planWebhook } from '../../setup/webhook.js';
import type { Site } from '../../woocommerce/find-site.js';
import type { NewShopClient } from '../../woocommerce/shop-client.js';
import { Cancelled } from '../asker.js';
import { type CliContext, CommandError } from '../context.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import { inWords } from './answers.js';
import { chooseBooks, chooseSeller, chooseSince, chooseTimezone } from './choose.js';
import { findTheShop, retryOrThrow } from './find.js';
import { finish } from './finish.js';
import { obtainKeys } from './keys.js';
import type { InitOptions } from './options.js';
import { chooseOwnAddress } from './own-address.js';
import { secretFromEnvironment } from './secrets.js';
import { openSession, type Session } from './session.js';
import { mayReplace, nameFor, type Prepared, planFilesOf, writeAll } from './write.js';

/** From the shop's address to a config that was checked. Until all answers are there nothing is written. */
export async function runInit(context: CliContext, options: InitOptions): Promise<ExitCode> {
  const session = openSession(context, options);
  let isWritten = false;
  try {
    const prepared = await prepare(session);
    writeAll(prepared.files, prepared.replace);
    isWritten = true;
    return await finish(session, prepared);
  } catch (error) {
    throw told(error, session, isWritten);
  }
}

/** What ended it, for a person. */
function told(error: unknown, session: Session, isWritten: boolean): unknown {
  const { context, path } = session;
  const isStopped = context.signal.aborted && !(error instanceof CommandError);
  if (error instanceof Cancelled || isStopped) {
    const left = isWritten ? `${nameFor(session, path)} is written` : 'Nothing was written';
    return new CommandError(EXIT.incomplete, `Stopped. ${left}.`);
  }
  if (!(error instanceof ListenError)) return error;
  return new CommandError(
    EXIT.failed,
    error.message,
    'If orderpark runs there already, stop it while you do this; else choose another --port.',
  );
}

async function prepare(session: Session): Promise<Prepared> {
  const { options, path } = session;
  const replace = await mayReplace(session, [path]);
  const shop = await chooseId(session);
  const site = await findTheShop(session, shop);
  const own = await chooseOwnAddress(session, site.url);
  const { keys, client, survey } = await connect(session, shop, site, own);
  const { webhook, secret } = await webhookOf(session, { shop, own, keys, client });
  const timezone = await chooseTimezone(session, survey.about.timezone ?? site.timezone);
  const since = await chooseSince(session, timezone);
  const seller = await chooseSeller(session, survey);
  const { books, secrets } = await chooseBooks(session);
  const { host, port } = options;
  const server = {
    ...(host === undefined ? {} : { host }),
    ...(port === undefined ? {} : { port }),
  };
  const choices: Choices = {
    shop,
    url: site.url,
    allowPlainHttp: options.allowPlainHttp === true,
    consumerKey: keys.key.place,
    consumerSecret: keys.secret.place,
    since,
    timezone,
    seller,
    books,
    ...(webhook ? { webhook } : {}),
    server,
  };
  const kept = [keys.key, keys.secret, ...(secret ? [secret] : []), ...secrets];
  const files = planFilesOf(session, survey, choices, kept);
  const others = files.slice(0, -1).map((file) => file.path);
  return { survey, choices, files, replace: replace || (await mayReplace(session, others)) };
}

/** Hardly anybody wants another, so it is only an option. */
export async function chooseId({ options, answers }: Session): Promise<string> {
  return answers.text({
    option: '--shop <id>',
    given: options.shop ?? 'main',
    message: 'Short name of the shop',
    problem: inWords(PROBLEM_OF.shopId),
  });
}

interface Connected {
  readonly keys: ShopKeys;
  readonly client: NewShopClient;
  readonly survey: Survey;
}

/** A key that the shop accepts, and what the shop then tells; asked again where it does not. */
async function connect(
  session: Session,
  shop: string,
  site: Site,
  { ownUrl, webhookUrl }: OwnAddress,
): Promise<Connected> {
  const { context, folder, answers, note } = session;
  const { host = '127.0.0.1', port = 8080 } = session.options;
  const wantsWebhook = webhookUrl !== undefined;
  const wish = { shop, shopUrl: site.url, folder, ownUrl, wantsWebhook, host, port };
  for (let options = session.options; ; options = withoutKeys(options)) {
    const keys = await obtainKeys(context, options, answers, wish);
    const client = connectShop(
      {
        id: shop,
        url: site.url,
        consumerKey: keys.key.value,
        consumerSecret: keys.secret.value,
        allowPlainHttp: options.allowPlainHttp === true,
        timeoutSeconds: 60,
        concurrency: 1,
      },
      context.overrides,
    );
    note('Reading how the shop is set up, and its newest orders');
    try {
      const survey = await surveyShop(client, context.signal);
      tellOf(session, survey);
      return { keys, client, survey };
    } catch (error) {
      retryOrThrow(session, error);
    }
  }
}

function withoutKeys(options: InitOptions): InitOptions {
  const { keyFile, secretFile, env, callbackUrl, ...rest } = options;
  return rest;
}

function tellOf({ note }: Session, { about, orders, gaps }: Survey): void {
  const count = about.statuses.reduce((sum, { total }) => sum + total, 0);
  note(`Found ${[...shopFacts(about), `${Math.max(count, orders.length)} orders`].join(', ')}`);
  for (const { what, message } of gaps) note(`It would not tell ${what}: ${message}`);
}

interface WebhookNeeds {
  readonly shop: string;
  readonly own: OwnAddress;
  readonly keys: ShopKeys;
  readonly client: NewShopClient;
}

async function webhookOf(
  { context, options, folder, note }: Session,
  { shop, own: { webhookUrl: url }, keys, client }: WebhookNeeds,
): Promise<{ webhook?: Choices['webhook']; secret?: KeptSecret }> {
  if (url === undefined) return {};
  const fix = 'Set it to a random secret, as `openssl rand -hex 32` makes one.';
  const secret = options.env
    ? secretFromEnvironment(context, 'WC_WEBHOOK_SECRET', fix)
    : newWebhookSecret(shop, folder);
  const webhook = await planWebhook(url, secret, keys, client, context.signal);
  if (!webhook.register) {
    note(
      'The key may only read, so you make the webhooks by hand (docs/webhooks.md), or begin again with a key of Read/Write.',
    );
  }
  return { webhook, secret };
}
