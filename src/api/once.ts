import { createHash } from 'node:crypto';
import { type Clock, instantOf } from '../orders/time.js';
import { Problem } from '../server/problem.js';
import type { Asked, Reply } from '../server/route.js';
import type { IdempotencyKey, KeptAnswer, Store } from '../store/store.js';
import { type Once, wrong } from './operation.js';

const KEPT_MS = 24 * 3_600_000;
/** An action whose process died frees its key after this. */
const LONGEST_ACTION_MS = 10 * 60_000;
const KEY_FORM = /^[\x21-\x7e]{1,255}$/;

/**
 * Does an action once for each `Idempotency-Key` of a principal: the same request again gets the same
 * answer. What was refused or failed is not kept, since nothing was done: it may be tried again.
 */
export function createOnce({ store, clock }: { store: Store; clock: Clock }): Once {
  /** What this process is at; another process is asked to wait. */
  const underWay = new Map<string, Promise<Reply>>();

  const actUnder = async (at: IdempotencyKey, act: () => Promise<unknown>): Promise<Reply> => {
    try {
      const body = await act();
      const expiresAt = instantOf(clock.now() + KEPT_MS);
      await store.transaction((tx) => tx.keepAnswer(at, JSON.stringify(body), expiresAt));
      return { kind: 'json', body };
    } catch (error) {
      await store.transaction((tx) => tx.freeIdempotencyKey(at));
      throw error;
    }
  };

  return async (asked, act) => {
    const key = asked.header('idempotency-key');
    if (key === undefined) return { kind: 'json', body: await act() };
    if (!KEY_FORM.test(key)) throw wrongKey();
    const at = { principal: asked.principal?.name ?? '', key };
    const request = requestOf(asked);
    const now = clock.now();
    const taken = { ...at, request, expiresAt: instantOf(now + LONGEST_ACTION_MS) };
    const other = await store.transaction((tx) => tx.takeIdempotencyKey(taken, instantOf(now)));
    const name = JSON.stringify(at);
    if (other !== undefined) return answerAgain(other, request, underWay.get(name));
    const doing = actUnder(at, act);
    underWay.set(name, doing);
    try {
      return await doing;
    } finally {
      underWay.delete(name);
    }
  };
}

async function answerAgain(
  { answer, request: before }: KeptAnswer,
  request: string,
  doing: Promise<Reply> | undefined,
): Promise<Reply> {
  if (before !== request) {
    throw new Problem(422, 'This Idempotency-Key was used for another request.');
  }
  const headers = { 'Idempotency-Replayed': 'true' };
  if (answer !== null) return { kind: 'json', body: JSON.parse(answer), headers };
  if (doing !== undefined) return { ...(await doing), headers };
  throw new Problem(409, 'The first request with this Idempotency-Key is still worked on.', {
    headers: { 'Retry-After': '5' },
  });
}

function requestOf({ path, json }: Asked): string {
  const asked = JSON.stringify([path, json ?? {}]);
  return createHash('sha256').update(asked).digest('base64url');
}

function wrongKey(): Problem {
  const detail = 'Expected 1 to 255 visible characters.';
  return wrong([{ in: 'header', name: 'Idempotency-Key', detail }]);
}
