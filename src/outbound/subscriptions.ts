import { randomBytes } from 'node:crypto';
import { type Clock, instantOf } from '../orders/time.js';
import type { AddressGuard } from '../runtime/address-guard.js';
import { DAY_MS } from '../runtime/retry-delay.js';
import type { SecretBox } from '../runtime/secret-box.js';
import { SecretKeyError } from '../runtime/secret-key.js';
import { SECRET_PREFIX } from '../runtime/standard-webhooks.js';
import type { Store, StoredSubscription } from '../store/store.js';
import { problemsOf, type SubscriptionWish } from './check-wish.js';
import type { Changed, Created, NoSecretKey, Outbound } from './outbound.js';
import { type Subscription, subscriptionOf } from './subscription.js';

export interface SubscriptionDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly guard: AddressGuard;
  readonly box: SecretBox;
  /** A name that nothing else has. */
  readonly newId: () => string;
}

/** All of them are delivered to at once, so there must be an end. */
const MOST_SUBSCRIPTIONS = 50;
/** How long the secret before a rotation signs as well. */
const ROTATION_MS = DAY_MS;
/** As many as the scheme asks for at least, and as HMAC-SHA256 has use for. */
const SECRET_BYTES = 32;

/** Who is told of what: to look at and to change. */
export function createSubscriptions(
  deps: SubscriptionDeps,
): Pick<Outbound, 'list' | 'get' | 'create' | 'change' | 'rotate' | 'remove'> {
  const { store, clock, guard, box } = deps;
  const now = () => instantOf(clock.now());

  async function shown(stored: StoredSubscription): Promise<Subscription> {
    return subscriptionOf(stored, await store.dispatchCounts(), now());
  }

  async function sealedSecret(id: string): Promise<SealedSecret | NoSecretKey> {
    const secret = `${SECRET_PREFIX}${randomBytes(SECRET_BYTES).toString('base64')}`;
    try {
      return { kind: 'sealed', secret, sealed: await box.seal(secret, id) };
    } catch (error) {
      if (!(error instanceof SecretKeyError)) throw error;
      return { kind: 'no-secret-key', message: error.message, fix: error.fix };
    }
  }

  async function create(wish: SubscriptionWish & { readonly url: string }): Promise<Created> {
    const id = `sub_${deps.newId().slice(0, 12)}`;
    const wanted = wished(NEW, wish);
    const problems = problemsOf(wanted, guard);
    if (problems.length > 0) return { kind: 'invalid', problems };
    const made = await sealedSecret(id);
    if (made.kind !== 'sealed') return made;
    const at = now();
    const stored = { ...wanted, id, createdAt: at, updatedAt: at, secret: made.sealed };
    const isStored = await store.transaction(async (tx) => {
      if ((await tx.subscriptions()).length >= MOST_SUBSCRIPTIONS) return false;
      await tx.putSubscription(stored);
      return true;
    });
    if (!isStored) return { kind: 'too-many', most: MOST_SUBSCRIPTIONS };
    return { kind: 'created', subscription: await shown(stored), secret: made.secret };
  }

  async function change(id: string, wish: SubscriptionWish): Promise<Changed> {
    const changed = await store.transaction(async (tx) => {
      const stored = await tx.subscription(id);
      if (!stored) return { kind: 'unknown' } as const;
      const wanted = { ...wished(stored, wish), updatedAt: now() };
      const problems = problemsOf(wanted, guard);
      if (problems.length > 0) return { kind: 'invalid', problems } as const;
      await tx.putSubscription(wanted);
      return { kind: 'stored', stored: wanted } as const;
    });
    if (changed.kind !== 'stored') return changed;
    return { kind: 'changed', subscription: await shown(changed.stored) };
  }

  return {
    async list() {
      const [all, counts] = [await store.subscriptions(), await store.dispatchCounts()];
      return all.map((stored) => subscriptionOf(stored, counts, now()));
    },
    async get(id) {
      const stored = await store.subscription(id);
      return stored && shown(stored);
    },
    create,
    change,
    async rotate(id) {
      if (!(await store.subscription(id))) return { kind: 'unknown' };
      const made = await sealedSecret(id);
      if (made.kind !== 'sealed') return made;
      const previousUntil = instantOf(clock.now() + ROTATION_MS);
      const rotated = await store.transaction(async (tx) => {
        const stored = await tx.subscription(id);
        if (!stored) return undefined;
        const secrets = { secret: made.sealed, previousSecret: stored.secret, previousUntil };
        const next = { ...stored, ...secrets, updatedAt: now() };
        await tx.putSubscription(next);
        return next;
      });
      if (!rotated) return { kind: 'unknown' };
      const { secret } = made;
      return { kind: 'rotated', subscription: await shown(rotated), secret, previousUntil };
    },
    remove: (id) =>
      store.transaction(async (tx) => {
        if (!(await tx.subscription(id))) return { kind: 'unknown' };
        await tx.removeSubscription(id);
        return { kind: 'removed' };
      }),
  };
}

interface SealedSecret {
  readonly kind: 'sealed';
  readonly secret: string;
  readonly sealed: string;
}

const UNFAILED = { failures: 0, failingSince: null, disabledAt: null, disabledReason: null };

/** All but what makes it this one. */
const NEW: Omit<StoredSubscription, 'id' | 'createdAt' | 'updatedAt' | 'secret'> = {
  ...UNFAILED,
  url: '',
  category: 'all',
  events: [],
  description: '',
  enabled: true,
  previousSecret: null,
  previousUntil: null,
  deliveredAt: null,
};

/** As it would be. With another address, or enabled again, it has failed at nothing yet. */
function wished<Known extends typeof NEW>(known: Known, wish: SubscriptionWish): Known {
  const { category = known.category, events = known.events, enabled = known.enabled } = wish;
  const url = wish.url?.trim() ?? known.url;
  const isAnew = url !== known.url || (enabled && !known.enabled);
  // A person who disables it has seen to it.
  const isSeenTo = wish.enabled === false;
  return {
    ...known,
    ...(isAnew ? UNFAILED : {}),
    ...(isSeenTo ? { disabledAt: null, disabledReason: null } : {}),
    url,
    category,
    events: [...new Set(events)],
    description: wish.description?.trim() ?? known.description,
    enabled,
  };
}
