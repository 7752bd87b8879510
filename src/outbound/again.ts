import { instantOf } from '../orders/time.js';
import type { StoredEvent, StoredSubscription } from '../store/store.js';
import { tryToDeliver } from './attempt.js';
import type { DeliverDeps } from './deliver.js';
import { bodyOf } from './events.js';
import type { Outbound, Retried, RetriedAll } from './outbound.js';

export interface AgainDeps extends DeliverDeps {
  /** A name that nothing else has. */
  readonly newId: () => string;
}

/** A test whose process died is sent by whoever delivers next. */
const TEST_LEFT_MS = 60_000;

/** What a person has delivered: a test, or again what was not. */
export function createAgain(
  deps: AgainDeps,
  notify: () => void,
): Pick<Outbound, 'test' | 'retry' | 'retryAllFailed'> {
  const { store, clock } = deps;
  const now = () => instantOf(clock.now());
  return {
    async test(id, signal) {
      const subscription = await store.subscription(id);
      if (!subscription) return { kind: 'unknown' };
      const event = await addTest(deps, subscription);
      const tried = await tryToDeliver(deps, subscription, { event, attempts: 0 }, signal);
      if (!tried) return { kind: 'stopped' };
      const { outcome, attempt, startedMs } = tried;
      const isDelivered = outcome.kind === 'delivered';
      return store.transaction(async (tx) => {
        const current = await tx.subscription(id);
        if (!current) return { kind: 'unknown' };
        const { eventId: _, ...kept } = attempt;
        const attemptId = await tx.addAttempt(attempt);
        await tx.moveDispatch({
          subscriptionId: id,
          eventId: event.id,
          attempts: 0,
          to: isDelivered ? 'delivered' : 'failed',
          dueAt: null,
          firstTriedAt: instantOf(startedMs),
          now: now(),
        });
        return { kind: 'tested', attempt: { ...kept, id: attemptId, event } };
      });
    },
    async retry(id, eventId) {
      const retried = await store.transaction(async (tx): Promise<Retried> => {
        const subscription = await tx.subscription(id);
        if (!subscription) return { kind: 'unknown' };
        const dispatch = await tx.dispatch(id, eventId);
        if (!dispatch) return { kind: 'unknown-event' };
        if (!subscription.enabled) return { kind: 'disabled' };
        const isNew = dispatch.state === 'waiting' && dispatch.attempts === 0;
        if (isNew) return { kind: 'waits-already' };
        const count = await tx.retryDispatches({ subscriptionId: id, eventId }, now());
        return { kind: 'queued', count };
      });
      notify();
      return retried;
    },
    async retryAllFailed(id) {
      const retried = await store.transaction(async (tx): Promise<RetriedAll> => {
        const subscription = await tx.subscription(id);
        if (!subscription) return { kind: 'unknown' };
        if (!subscription.enabled) return { kind: 'disabled' };
        return { kind: 'queued', count: await tx.retryDispatches({ subscriptionId: id }, now()) };
      });
      notify();
      return retried;
    },
  };
}

/** Stored before it is sent, as any other event. */
async function addTest(
  { store, clock, newId }: AgainDeps,
  { id }: StoredSubscription,
): Promise<StoredEvent> {
  const nowMs = clock.now();
  const [type, at] = ['subscription.test', instantOf(nowMs)] as const;
  const data = { subscriptionId: id, message: 'orderpark reaches this address.' };
  const event = { id: `evt_${newId()}`, type, at, body: bodyOf({ type, at, data }) };
  const dueAt = instantOf(nowMs + TEST_LEFT_MS);
  await store.transaction((tx) => tx.addEvents([{ ...event, to: [id], dueAt }]));
  return event;
}
