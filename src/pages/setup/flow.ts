import { ListenError } from '../../server/listen-error.js';
import type { Grant } from '../../setup/authorisation.js';
import { type NewFile, WriteError } from '../../setup/files.js';
import { keptKeys } from '../../setup/keys.js';
import { alreadyThere, planFiles, UnsoundError } from '../../setup/plan-files.js';
import { surveyShop } from '../../setup/survey.js';
import { newWebhookSecret, planWebhook } from '../../setup/webhook.js';
import { ShopError } from '../../woocommerce/shop-error.js';
import type { Planned } from '../view/setup/review.js';
import type { PendingKey, SetupDeps } from './deps.js';
import {
  choicesOf,
  type Draft,
  type KeysPart,
  type ShopPart,
  type Trouble,
  type WholeDraft,
  type WrittenPart,
} from './draft.js';
import type { ShopAnswer } from './forms.js';

/**
 * What is done between the forms of the first config. One person fills them in, so there is one draft,
 * in this process alone; nothing of it is kept but by `write`.
 */
export interface Flow {
  readonly draft: Draft;
  /** A key that was asked of the shop; undefined: nobody did. */
  readonly pending: PendingKey | undefined;
  /** Puts another draft in its place. */
  put(draft: Draft): void;
  /** Each answers what went wrong; undefined: nothing. */
  find(answer: ShopAnswer, signal: AbortSignal): Promise<Trouble | undefined>;
  ask(): Promise<Trouble | undefined>;
  connect(grant: Pasted, signal: AbortSignal): Promise<Trouble | undefined>;
  write(): Promise<Trouble | undefined>;
  /** What is to be written; undefined: not all is answered. */
  plan(): Planned | undefined;
  register(): Promise<void>;
  close(): Promise<void>;
}

type Pasted = Pick<Grant, 'consumerKey' | 'consumerSecret'> & Partial<Grant>;

export function createFlow(deps: SetupDeps): Flow {
  let draft: Draft = {};
  let pending: PendingKey | undefined;

  const stopAsking = async (): Promise<void> => {
    const ended = pending;
    pending = undefined;
    await ended?.end();
  };

  const flow: Flow = {
    get draft() {
      return draft;
    },
    get pending() {
      return pending;
    },
    put(next) {
      draft = next;
    },
    find: (answer, signal) =>
      orTrouble(async () => {
        const shop = await findShop(answer, deps, signal);
        await stopAsking();
        // Another shop is another beginning; of the same one the rest is still true.
        const isSame = draft.shop?.site.url === shop.site.url;
        draft = { ...(isSame ? withoutShop(draft) : {}), shop };
      }),
    ask: () =>
      orTrouble(async () => {
        const { shop } = draft;
        if (shop?.own.ownUrl === undefined) return;
        await stopAsking();
        pending = await deps.askForKey({
          ...{ shopUrl: shop.site.url, ownUrl: shop.own.ownUrl },
          scope: shop.own.webhookUrl === undefined ? 'read' : 'read_write',
        });
      }),
    connect: (grant, signal) =>
      orTrouble(async () => {
        const { shop } = draft;
        if (!shop) return;
        const keys = await connect(shop, grant, deps, signal);
        await stopAsking();
        draft = { ...withoutShop(draft), shop, keys };
      }),
    plan: () => planOf(draft, deps),
    write: () =>
      orTrouble(async () => {
        const planned = planOf(draft, deps);
        if (planned?.kind !== 'files') return;
        deps.write(planned.files);
        draft = { ...draft, written: await written(planned.files, deps) };
      }),
    async register() {
      const { written: before } = draft;
      if (!before) return;
      const webhooks = await deps.register().catch((error: unknown) => {
        const { message, fix } = troubleOf(error);
        return `${message} ${fix}`.trim();
      });
      draft = { ...draft, written: { ...before, webhooks } };
    },
    close: stopAsking,
  };
  return flow;
}

/** What a person told of the company and the books; rules follow from what the shop tells. */
function withoutShop({ company, books }: Draft): Draft {
  return { ...(company && { company }), ...(books && { books }) };
}

async function findShop(
  { url, allowPlainHttp, ownUrl, wantsWebhook }: ShopAnswer,
  deps: SetupDeps,
  signal: AbortSignal,
): Promise<ShopPart> {
  const site = await deps.find(url, allowPlainHttp, signal);
  const own = ownUrl === undefined ? {} : { ownUrl, ...(wantsWebhook && { webhookUrl: ownUrl }) };
  return { site, asked: url, allowPlainHttp, own };
}

/** A key that the shop accepts, and what the shop then tells. */
async function connect(
  { site, allowPlainHttp, own: { webhookUrl } }: ShopPart,
  grant: Pasted,
  deps: SetupDeps,
  signal: AbortSignal,
): Promise<KeysPart> {
  const { folder, fixed } = deps;
  const keys = keptKeys(grant, { shop: fixed.shop, folder });
  const client = deps.connect(site.url, allowPlainHttp, keys);
  const survey = await surveyShop(client, signal);
  if (webhookUrl === undefined) return { keys, survey };
  const webhookSecret = newWebhookSecret(fixed.shop, folder);
  const webhook = await planWebhook(webhookUrl, webhookSecret, keys, client, signal);
  return { keys, survey, webhook, webhookSecret };
}

function planOf(draft: Draft, deps: SetupDeps): Planned | undefined {
  const { shop, keys, company, rules, books } = draft;
  if (!shop || !keys || !company || !rules || !books) return undefined;
  const whole: WholeDraft = { shop, keys, company, rules, books };
  const { choices, kept } = choicesOf(whole, deps.fixed);
  try {
    const place = { path: deps.path, env: deps.env, nowMs: deps.nowMs() };
    const files = planFiles(place, keys.survey, choices, kept);
    return { kind: 'files', files, there: alreadyThere(files.map(({ path }) => path)) };
  } catch (error) {
    if (!(error instanceof UnsoundError)) throw error;
    return { kind: 'unsound', problems: error.problems };
  }
}

/** The files are there, whatever the check meets. */
async function written(files: readonly NewFile[], deps: SetupDeps): Promise<WrittenPart> {
  const names = files.map(({ path }) => deps.nameFor(path));
  try {
    return { files: names, findings: await deps.check() };
  } catch (error) {
    return { files: names, findings: [], trouble: troubleOf(error) };
  }
}

async function orTrouble(work: () => Promise<void>): Promise<Trouble | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    const isForeseen =
      error instanceof ShopError || error instanceof ListenError || error instanceof WriteError;
    if (!isForeseen) throw error;
    return troubleOf(error);
  }
}

function troubleOf(error: unknown): Trouble {
  if (error instanceof WriteError) {
    return {
      message: `${error.message}. Nothing was written.`,
      fix: 'See to that, and try again.',
    };
  }
  const message = error instanceof Error ? error.message : String(error);
  const fix = error instanceof Error && 'fix' in error ? String(error.fix) : '';
  return { message, fix };
}
