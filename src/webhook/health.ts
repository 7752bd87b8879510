import type { Clock, Instant } from '../orders/time.js';
import type { Logger } from '../runtime/logger.js';
import type { Store } from '../store/store.js';
import type { ShopClient, ShopWebhook } from '../woocommerce/shop-client.js';
import { ShopError } from '../woocommerce/shop-error.js';
import { ORDER_TOPICS } from './delivery.js';
import {
  disabledAlert,
  mendedAlert,
  missingAlert,
  ownerAlert,
  pausedAlert,
  type RaisedAlert,
  silentAlert,
  unreachableAlert,
} from './health-alerts.js';
import { readGapAgain } from './health-gap.js';
import { type ProbeEndpoint, probeEndpoint } from './health-probe.js';
import type { HealthShop } from './health-shop.js';
import { forgetSilence, measureSilence, type Silence } from './health-silence.js';
import { troubleOf } from './kept.js';
import {
  AT_START,
  RegistrationBusyError,
  type RegistrationDeps,
  type RegistrationOptions,
  registerWebhooks,
} from './registration.js';
import { deliveryUrlOf, oursAmong, type WebhookTarget } from './registration-plan.js';

export interface WebhookHealthDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly holder: string;
  readonly isDead: (holder: string) => boolean;
  readonly client: (shopId: string) => ShopClient;
  readonly shops: readonly HealthShop[];
  /** Tells a person, once; `clear` where it is not raised does nothing. */
  readonly alerts: {
    raise(alert: RaisedAlert): void | Promise<void>;
    clear(key: string): void | Promise<void>;
  };
  /** For tests; a real request unless told. */
  readonly probe?: ProbeEndpoint;
}

export interface WebhookHealthReport {
  /**
   * `unknown`: the shop did not tell, or has no `url` to tell ours by. `mended`: some were disabled
   * or missing, and are active again.
   */
  readonly state: 'well' | 'mended' | 'disabled' | 'paused' | 'missing' | 'unknown';
  /** Set where the next poll reads again from there. */
  readonly gapFrom?: Instant;
  /** Absent where there was nothing to judge. */
  readonly silence?: Silence;
}

export interface WebhookHealth {
  /**
   * To be called once the server listens, since the shop pings what is made: registers the webhooks
   * where the config says so. A shop that does not let us is told of, and stops nothing.
   */
  atStart(shopId: string, signal: AbortSignal): Promise<void>;
  /**
   * To be called after each poll of a shop that is done. Trouble with the shop is an outcome; a
   * failing store throws. Undefined for a shop without webhooks.
   */
  afterPoll(shopId: string, signal: AbortSignal): Promise<WebhookHealthReport | undefined>;
}

export function createWebhookHealth(deps: WebhookHealthDeps): WebhookHealth {
  const shops = new Map(deps.shops.map((shop) => [shop.id, shop]));
  const look = (shopId: string, signal: AbortSignal): HealthLook | undefined => {
    const shop = shops.get(shopId);
    return shop && new HealthLook(deps, shop, signal);
  };
  return {
    atStart: async (shopId, signal) => look(shopId, signal)?.atStart(),
    afterPoll: async (shopId, signal) => look(shopId, signal)?.afterPoll(),
  };
}

type Status = Omit<WebhookHealthReport, 'silence'>;

/** One look at one shop's webhooks. */
class HealthLook {
  readonly #probe: ProbeEndpoint;
  readonly #target: WebhookTarget | undefined;

  constructor(
    private readonly deps: WebhookHealthDeps,
    private readonly shop: HealthShop,
    private readonly signal: AbortSignal,
  ) {
    this.#probe = deps.probe ?? probeEndpoint;
    const [secret] = shop.secrets;
    const { id, url } = shop;
    this.#target = url === undefined || !secret ? undefined : { shop: id, url, secret };
  }

  async atStart(): Promise<void> {
    const target = this.#target;
    if (!target || !this.shop.register) return;
    try {
      await this.#make(target, ORDER_TOPICS, AT_START);
    } catch (error) {
      const isOurs = error instanceof ShopError || error instanceof RegistrationBusyError;
      if (!isOurs) throw error;
    }
  }

  async afterPoll(): Promise<WebhookHealthReport> {
    const status = await this.#status();
    await this.#tellOfOwner();
    // Where webhooks are known not to work, what they do not tell of is no news.
    const isKnown = status.state === 'missing' ? this.shop.register : !JUDGED.has(status.state);
    if (isKnown) {
      await forgetSilence(this.deps, this.shop.id);
      return status;
    }
    const silence = await measureSilence(this.deps, this.shop.id);
    if (!silence) return status;
    await this.#tellOfSilence(silence, status.state);
    return { ...status, silence };
  }

  async #status(): Promise<Status> {
    const target = this.#target;
    if (!target) return { state: 'unknown' };
    const { id } = this.shop;
    try {
      const { webhooks } = this.deps.client(id);
      const ours = oursAmong(await webhooks.list({ signal: this.signal }), target);
      return await this.#mend(target, ours);
    } catch (error) {
      if (error instanceof RegistrationBusyError) return { state: 'unknown' };
      if (!(error instanceof ShopError)) throw error;
      if (error.kind === 'aborted') return { state: 'unknown' };
      const { message, fix } = error;
      this.deps.logger.warn({ shop: id, reason: message, fix }, 'the webhooks could not be read');
      return { state: 'unknown' };
    }
  }

  /** What is disabled first, since that is a delivery lost with each change. */
  async #mend(target: WebhookTarget, ours: readonly ShopWebhook[]): Promise<Status> {
    const { id } = this.shop;
    const disabled = ours.filter(({ status }) => status === 'disabled');
    const paused = ours.filter(({ status }) => status === 'paused');
    await this.#tellIf(paused.length > 0, pausedAlert(id, paused));
    const revived = await this.#revive(target, disabled);
    if (revived && revived.state !== 'mended') return revived;
    const made = await this.#makeMissing(target, ours);
    if (made && made.state !== 'mended') return made;
    const gapFrom = earliest(revived?.gapFrom, made?.gapFrom);
    const state = revived || made ? 'mended' : paused.length > 0 ? 'paused' : 'well';
    return { state, ...(gapFrom === undefined ? {} : { gapFrom }) };
  }

  /** Only where our endpoint is seen to answer: one more failure disables them again (fact 11). */
  async #revive(
    target: WebhookTarget,
    disabled: readonly ShopWebhook[],
  ): Promise<Status | undefined> {
    const { id } = this.shop;
    if (disabled.length === 0) {
      await this.deps.alerts.clear(`webhook-disabled/${id}`);
      return undefined;
    }
    const probe = await this.#probe(deliveryUrlOf(target), this.signal);
    if (!probe.ok) {
      await this.#raise(unreachableAlert(id, disabled, probe));
      return { state: 'disabled' };
    }
    // The gap before the activation: a crash between the two must not leave it unread.
    const since = disabled.map(({ modifiedAt }) => modifiedAt);
    const gap = await readGapAgain(this.#registration(), id, since, this.signal);
    if (gap.kind === 'busy') return { state: 'disabled' };
    const { secret } = target;
    const { webhooks } = this.deps.client(id);
    try {
      for (const webhook of disabled) {
        await webhooks.update(webhook.id, { status: 'active', secret }, { signal: this.signal });
      }
    } catch (error) {
      if (!(error instanceof ShopError) || error.kind === 'aborted') throw error;
      await this.#raise(disabledAlert(id, disabled, error));
      return { state: 'disabled', ...gapOf(gap.from) };
    }
    const topics = disabled.map(({ topic }) => topic);
    this.deps.logger.info(
      { shop: id, topics, gapFrom: gap.from },
      'webhooks that the shop had disabled are active again',
    );
    await this.#raise(mendedAlert(id, disabled, gap.from));
    return { state: 'mended', ...gapOf(gap.from) };
  }

  async #makeMissing(
    target: WebhookTarget,
    ours: readonly ShopWebhook[],
  ): Promise<Status | undefined> {
    const { id, register } = this.shop;
    const missing = ORDER_TOPICS.filter((topic) => !ours.some((one) => one.topic === topic));
    if (missing.length === 0 || !register) {
      await this.deps.alerts.clear(`webhook-missing/${id}`);
      // Those that a person makes are theirs to decide; they may also lead to another of our addresses.
      return ours.length === 0 ? { state: 'missing' } : undefined;
    }
    const gap = await readGapAgain(this.#registration(), id, [], this.signal);
    if (gap.kind === 'busy') return { state: 'missing' };
    const options = { setSecret: false, activate: false };
    const isMade = await this.#make(target, missing, options);
    return { state: isMade ? 'mended' : 'missing', ...gapOf(gap.from) };
  }

  /** False where it could not be done; a person is told where the shop refuses. */
  async #make(
    target: WebhookTarget,
    missing: readonly string[],
    options: RegistrationOptions,
  ): Promise<boolean> {
    const { id } = this.shop;
    try {
      await registerWebhooks(this.#registration(), target, options, this.signal);
    } catch (error) {
      if (!(error instanceof ShopError) || error.kind === 'aborted') throw error;
      const { message, fix } = error;
      this.deps.logger.warn({ shop: id, reason: message, fix }, 'webhooks could not be registered');
      // What passes by itself is tried again after the next poll.
      if (error.kind !== 'wait') await this.#raise(missingAlert(id, missing, error));
      return false;
    }
    await this.deps.alerts.clear(`webhook-missing/${id}`);
    return true;
  }

  async #tellOfSilence(silence: Silence, state: Status['state']): Promise<void> {
    const { id } = this.shop;
    const { changed, told, late, lost, rounds } = silence;
    if (late + lost > 0) {
      const counts = { shop: id, changed, told, late, lost };
      this.deps.logger.warn(counts, 'the poll found changes that no webhook told of in time');
    }
    if (rounds < ROUNDS_BEFORE_ALERT) {
      if (rounds === 0) await this.deps.alerts.clear(`webhook-silent/${id}`);
      return;
    }
    if (changed === 0) return;
    const target = this.#target;
    const probe = target && (await this.#probe(deliveryUrlOf(target), this.signal));
    const hasNone = state === 'missing';
    await this.#raise(silentAlert(this.shop, silence, { probe, hasNone }));
  }

  /** Recorded: owner-without-rights. Such deliveries are signed, and hold an error for an order. */
  async #tellOfOwner(): Promise<void> {
    const { id } = this.shop;
    const open = await this.deps.store.quarantine({ shop: id, open: true, nameless: true });
    const isWithoutRights = open.some((entry) => troubleOf(entry) === 'owner');
    await this.#tellIf(isWithoutRights, ownerAlert(id));
  }

  async #tellIf(isSo: boolean, alert: RaisedAlert): Promise<void> {
    if (isSo) await this.#raise(alert);
    else await this.deps.alerts.clear(alert.key);
  }

  async #raise(alert: RaisedAlert): Promise<void> {
    await this.deps.alerts.raise(alert);
  }

  #registration(): RegistrationDeps {
    const { store, clock, logger, holder, isDead, client } = this.deps;
    return { client: client(this.shop.id), store, clock, logger, holder, isDead };
  }
}

/** States in which what webhooks do not tell of is worth telling. */
const JUDGED: ReadonlySet<string> = new Set(['well', 'unknown']);

/** One round may be a delivery that came a little late; two are a pattern. */
const ROUNDS_BEFORE_ALERT = 2;

function gapOf(from: Instant | null): Pick<Status, 'gapFrom'> {
  return from === null ? {} : { gapFrom: from };
}

function earliest(...instants: readonly (Instant | undefined)[]): Instant | undefined {
  return instants.filter((instant) => instant !== undefined).sort()[0];
}
