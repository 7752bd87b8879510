import { createHash } from 'node:crypto';
import { type Clock, instantOf } from '../orders/time.js';
import { createSecretBox } from '../runtime/secret-box.js';
import { type SecretKey, SecretKeyError } from '../runtime/secret-key.js';
import type { IdempotencyKey, KeptAnswer, Store } from '../store/store.js';

/** What is asked for under a key: the same again is done once, and answered alike. */
interface Wanted extends IdempotencyKey {
  /** All that makes it this request and no other. */
  readonly request: string;
  /** Its answer holds a secret, and is kept sealed: the database never has one in clear. */
  readonly isSecret: boolean;
}

/** JSON. */
interface Done {
  readonly kind: 'done';
  readonly body: unknown;
}
/** Nothing was done, so that nothing is kept: it may be tried again under its key. */
interface Refused<Why> {
  readonly kind: 'refused';
  readonly why: Why;
}

export type OnceAnswer<Why> =
  | (Done & { readonly isReplayed: boolean })
  | Refused<Why>
  /** The key was used for another request. */
  | { readonly kind: 'another-request' }
  /** Another process is still at it, or died at it some minutes ago. */
  | { readonly kind: 'under-way' }
  /** It was done, and its answer cannot be opened any more: the secret key is another one. */
  | { readonly kind: 'unreadable'; readonly message: string };

/** Does something once; an error of `act` counts as refused, and is thrown. */
export type DoOnce = <Why = never>(
  wanted: Wanted,
  act: () => Promise<Done | Refused<Why>>,
) => Promise<OnceAnswer<Why>>;

export interface OnceDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly secretKey: SecretKey;
}

const KEPT_MS = 24 * 3_600_000;
/** An action whose process died frees its key after this. */
const LONGEST_ACTION_MS = 10 * 60_000;

/** Each principal has keys of its own; they are forgotten after a day. */
export function createOnce({ store, clock, secretKey }: OnceDeps): DoOnce {
  const box = createSecretBox(secretKey, 'answers');
  /** What this process is at; undefined once it was refused. Another process is asked to wait. */
  const underWay = new Map<string, Promise<Done | undefined>>();

  async function keep(wanted: Wanted, name: string, body: unknown): Promise<void> {
    const { principal, key, isSecret } = wanted;
    const json = JSON.stringify(body);
    const answer = isSecret ? await box.seal(json, name) : json;
    const expiresAt = instantOf(clock.now() + KEPT_MS);
    await store.transaction((tx) => tx.keepAnswer({ principal, key }, answer, expiresAt));
  }

  async function act<Why>(
    wanted: Wanted,
    name: string,
    work: () => Promise<Done | Refused<Why>>,
  ): Promise<Done | Refused<Why>> {
    let isKept = false;
    try {
      const acted = await work();
      if (acted.kind === 'done') {
        await keep(wanted, name, acted.body);
        isKept = true;
      }
      return acted;
    } finally {
      if (!isKept) await store.transaction((tx) => tx.freeIdempotencyKey(wanted));
    }
  }

  async function answerAgain(
    { isSecret }: Wanted,
    name: string,
    answer: string,
  ): Promise<OnceAnswer<never>> {
    try {
      const json = isSecret ? await box.open(answer, name) : answer;
      return { kind: 'done', body: JSON.parse(json), isReplayed: true };
    } catch (error) {
      if (!(error instanceof SecretKeyError)) throw error;
      return { kind: 'unreadable', message: error.message };
    }
  }

  return once;

  async function once<Why>(
    wanted: Wanted,
    work: () => Promise<Done | Refused<Why>>,
  ): Promise<OnceAnswer<Why>> {
    const request = createHash('sha256').update(wanted.request).digest('base64url');
    const name = JSON.stringify([wanted.principal, wanted.key]);
    const other = await take(wanted, request);
    if (other === undefined) {
      const doing = act(wanted, name, work);
      const done = doing.then(
        (acted) => (acted.kind === 'done' ? acted : undefined),
        () => undefined,
      );
      underWay.set(name, done);
      try {
        const acted = await doing;
        return acted.kind === 'done' ? { ...acted, isReplayed: false } : acted;
      } finally {
        underWay.delete(name);
      }
    }
    if (other.request !== request) return { kind: 'another-request' };
    if (other.answer !== null) return answerAgain(wanted, name, other.answer);
    const doing = underWay.get(name);
    if (doing === undefined) return { kind: 'under-way' };
    const done = await doing;
    return done === undefined ? once(wanted, work) : { ...done, isReplayed: true };
  }

  function take({ principal, key }: Wanted, request: string): Promise<KeptAnswer | undefined> {
    const now = clock.now();
    const expiresAt = instantOf(now + LONGEST_ACTION_MS);
    return store.transaction((tx) =>
      tx.takeIdempotencyKey({ principal, key, request, expiresAt }, instantOf(now)),
    );
  }
}
