import { ANSWER_PROBLEMS } from '../../setup/answers.js';
import { keyProblem } from '../../setup/authorisation.js';
import { keptKeys, type ShopKeys } from '../../setup/keys.js';
import { type CliContext, CommandError } from '../context.js';
import { EXIT } from '../exit-codes.js';
import { type Answers, inWords } from './answers.js';
import { authorise } from './authorise.js';
import type { InitOptions } from './options.js';
import { secretFromEnvironment, secretFromOption } from './secrets.js';

export interface KeysWish {
  readonly shop: string;
  readonly shopUrl: string;
  /** The folder of the owner's file. */
  readonly folder: string;
  /** The public address of orderpark, if it has one. */
  readonly ownUrl: string | undefined;
  readonly wantsWebhook: boolean;
  readonly host: string;
  readonly port: number;
}

/** Gets the key of the shop in the way that was chosen. Throws CommandError. */
export async function obtainKeys(
  context: CliContext,
  options: InitOptions,
  answers: Answers,
  wish: KeysWish,
): Promise<ShopKeys> {
  const { keyFile, secretFile, env, callbackUrl } = options;
  if (keyFile !== undefined || secretFile !== undefined) return fromFiles(context, options, wish);
  if (env) return fromEnvironment(context);
  if (callbackUrl !== undefined) return byAuthorisation(context, wish, callbackUrl);
  if (!answers.canAsk) throw NO_KEY;
  if (wish.ownUrl !== undefined && (await wantsAuthorisation(answers))) {
    return byAuthorisation(context, wish, wish.ownUrl);
  }
  return byPasting(context, answers, wish);
}

const NO_KEY = new CommandError(
  EXIT.usage,
  'Not answered, and nobody is at a terminal to be asked: The key of the shop',
  'Give it with --key-file <path> and --secret-file <path>, with --env, or with --callback-url <address>.',
);

function fromFiles(
  context: CliContext,
  options: InitOptions,
  { shop, folder }: KeysWish,
): ShopKeys {
  const { keyFile, secretFile } = options;
  if (keyFile === undefined || secretFile === undefined) {
    const missing = keyFile === undefined ? '--key-file' : '--secret-file';
    throw new CommandError(EXIT.usage, `${missing} is missing: a key and its secret go together.`);
  }
  const key = secretFromOption(context, '--key-file', keyFile, { name: `${shop}-key`, folder });
  const own = { name: `${shop}-secret`, folder };
  const secret = secretFromOption(context, '--secret-file', secretFile, own);
  return checked({ key, secret });
}

function fromEnvironment(context: CliContext): ShopKeys {
  const fix = 'Set it first, or give the key with --key-file and --secret-file.';
  return checked({
    key: secretFromEnvironment(context, 'WC_CONSUMER_KEY', fix),
    secret: secretFromEnvironment(context, 'WC_CONSUMER_SECRET', fix),
  });
}

function checked(keys: ShopKeys): ShopKeys {
  const problem = keyProblem(keys.key.value, 'key') ?? keyProblem(keys.secret.value, 'secret');
  if (problem === undefined) return keys;
  throw new CommandError(EXIT.usage, `The key cannot be used. ${ANSWER_PROBLEMS[problem]}.`);
}

async function wantsAuthorisation(answers: Answers): Promise<boolean> {
  const way = await answers.choose({
    option: '--callback-url <address>',
    given: undefined,
    message: 'How do you want to give the key of the shop?',
    options: [
      { value: 'page', label: 'approve it on a page of the shop' },
      { value: 'paste', label: 'make it in the shop, and paste it here' },
    ],
    initial: ['page'],
  });
  return way === 'page';
}

async function byAuthorisation(
  context: CliContext,
  wish: KeysWish,
  ownUrl: string,
): Promise<ShopKeys> {
  const scope = wish.wantsWebhook ? 'read_write' : 'read';
  const grant = await authorise(context, { ...wish, ownUrl, scope });
  return keptKeys(grant, wish);
}

async function byPasting(
  { terminal }: CliContext,
  answers: Answers,
  wish: KeysWish,
): Promise<ShopKeys> {
  const permission = wish.wantsWebhook ? 'Read/Write' : 'Read';
  terminal.err(
    `In WooCommerce, under Settings > Advanced > REST API, add a key with the permission ${permission}, for an administrator or a shop manager.\n`,
  );
  const ask = (kind: 'key' | 'secret') =>
    answers.secret({
      option: `--${kind}-file <path>`,
      given: undefined,
      message: `Consumer ${kind} (${kind === 'key' ? 'ck_' : 'cs_'}…; it is not shown)`,
      problem: inWords((answer) => keyProblem(answer, kind)),
    });
  const consumerKey = await ask('key');
  const consumerSecret = await ask('secret');
  return keptKeys({ consumerKey, consumerSecret }, wish);
}
