import type { Dispatch, StoredSubscription } from '../../src/store/store.js';

const NOON = '2026-11-20T12:00:00.000Z';

export function aSubscription(part: Partial<StoredSubscription> = {}): StoredSubscription {
  return {
    id: 'sub_1',
    url: 'https://hooks.example.com/orderpark',
    category: 'all',
    events: [],
    description: 'the warehouse',
    enabled: true,
    createdAt: NOON,
    updatedAt: NOON,
    secret: 'v1.sealed',
    previousSecret: null,
    previousUntil: null,
    failures: 0,
    failingSince: null,
    deliveredAt: null,
    disabledAt: null,
    disabledReason: null,
    ...part,
  };
}

export function aDispatch(part: Partial<Dispatch> = {}): Dispatch {
  return {
    subscriptionId: 'sub_1',
    event: { id: 'evt_1', type: 'order.parked', at: NOON, body: '{}' },
    state: 'waiting',
    attempts: 0,
    dueAt: NOON,
    firstTriedAt: null,
    ...part,
  };
}
