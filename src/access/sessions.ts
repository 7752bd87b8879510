import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { type Clock, epochMsOf, instantOf } from '../orders/time.js';
import type { Store } from '../store/store.js';

/** Sessions of people on the page. The cookie is known to their browser alone; we keep its hash. */
export interface Sessions {
  /** Answers the cookie's value. */
  open(name: string): Promise<string>;
  /** Whose session it is; undefined where it is none, or over. */
  nameOf(cookie: string): Promise<string | undefined>;
  close(cookie: string): Promise<void>;
}

export interface SessionDeps {
  readonly store: Store;
  readonly clock: Clock;
  /** So many bytes that nobody can guess. */
  readonly randomBytes: (count: number) => Buffer;
  readonly hours: number;
}

const COOKIE_BYTES = 32;
const COOKIE_FORM = /^[\w-]{43}$/;

export function createSessions({ store, clock, randomBytes, hours }: SessionDeps): Sessions {
  return {
    async open(name) {
      const cookie = randomBytes(COOKIE_BYTES).toString('base64url');
      const now = clock.now();
      const expiresAt = instantOf(now + hours * 3_600_000);
      await store.transaction(async (tx) => {
        await tx.forgetSessions(instantOf(now));
        await tx.addSession({ hash: hashOf(cookie), name, createdAt: instantOf(now), expiresAt });
      });
      return cookie;
    },
    async nameOf(cookie) {
      if (!COOKIE_FORM.test(cookie)) return undefined;
      const session = await store.session(hashOf(cookie));
      const isOver = session === undefined || epochMsOf(session.expiresAt) <= clock.now();
      return isOver ? undefined : session.name;
    },
    close: (cookie) => store.transaction((tx) => tx.removeSession(hashOf(cookie))),
  };
}

/**
 * What a form of this session carries, so that no other site can send it. It follows from the cookie,
 * which other sites cannot read, and so needs no place of its own.
 */
export function formTokenOf(cookie: string): string {
  return createHmac('sha256', cookie).update('form').digest('base64url');
}

export function isFormToken(given: string, cookie: string): boolean {
  const [a, b] = [given, formTokenOf(cookie)].map((text) =>
    createHash('sha256').update(text).digest(),
  );
  return a !== undefined && b !== undefined && timingSafeEqual(a, b);
}

function hashOf(cookie: string): string {
  return createHash('sha256').update(cookie).digest('base64url');
}
