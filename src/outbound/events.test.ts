import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { ORDER_STATES } from '../orders/states.js';
import { bodyOf, EVENT_TYPES, type EventType, eventsOf, payloadSchema } from './events.js';

const docs = readFileSync(new URL('../../docs/outbound-webhooks.md', import.meta.url), 'utf8');

/** The part of the page under an event's heading. */
function partOf(type: EventType): string {
  const [, part = ''] = docs.split(`\n### ${type}\n`);
  return part.split('\n### ')[0] ?? '';
}

describe('docs/outbound-webhooks.md', () => {
  test.each(EVENT_TYPES)('shows %s with an example that is as its schema says', (type) => {
    const [, example = ''] = /```json\n([\s\S]*?)```/.exec(partOf(type)) ?? [];
    const parsed = payloadSchema(type).safeParse(JSON.parse(example));
    expect(parsed.error?.issues ?? []).toEqual([]);
  });

  test('shows no event that there is not', () => {
    const named = [...docs.matchAll(/^### (.*)$/gm)].map(([, name]) => name);
    expect(named.sort()).toEqual([...EVENT_TYPES].sort());
  });
});

test('each state of an order is an event, and each category has its own', () => {
  expect(eventsOf('orders')).toEqual(
    expect.arrayContaining(ORDER_STATES.map((state) => `order.${state}`)),
  );
  const ofEach = (['orders', 'documents', 'operations'] as const).flatMap(eventsOf);
  expect(ofEach.sort()).toEqual([...eventsOf('all')].sort());
  expect(EVENT_TYPES.filter((type) => !ofEach.includes(type))).toEqual(['subscription.test']);
});

test('a schema takes nothing more and nothing less, and can be shown to programs', () => {
  const at = '2026-11-20T12:00:00.000Z';
  const data = { subscriptionId: 'sub_1', message: 'hello' };
  const payload = JSON.parse(bodyOf({ type: 'subscription.test', at, data }));
  const schema = payloadSchema('subscription.test');
  expect(schema.safeParse(payload).success).toBe(true);
  expect(schema.safeParse({ ...payload, more: 1 }).success).toBe(false);
  expect(schema.safeParse({ ...payload, version: 2 }).success).toBe(false);
  expect(schema.safeParse({ ...payload, data: { ...data, more: 1 } }).success).toBe(false);
  expect(schema.safeParse({ ...payload, data: { message: 'hello' } }).success).toBe(false);
  for (const type of EVENT_TYPES) {
    expect(z.toJSONSchema(payloadSchema(type))).toMatchObject({ type: 'object' });
  }
});
