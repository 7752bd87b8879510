import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { exampleOf, shapeOf } from './schema.js';

const shown = (type: z.ZodType) => shapeOf(z.toJSONSchema(type, { io: 'input' }));

describe('a schema is told', () => {
  it.each([
    [z.string(), 'string'],
    [z.iso.date(), 'string (date)'],
    [z.int().nullable(), 'integer or null'],
    [z.array(z.boolean()), 'list of boolean'],
    [z.record(z.string(), z.array(z.int())), 'map to list of integer'],
    [z.literal('on'), '"on"'],
    [z.union([z.string(), z.int()]), 'string or integer'],
    [z.unknown(), 'anything'],
  ])('%# by its type', (type, text) => {
    expect(shown(type).type).toBe(text);
  });

  it('by the name that it has in the document', () => {
    const $ref = '#/components/schemas/Order';
    expect(shapeOf({ type: 'array', items: { $ref } })).toMatchObject({
      type: 'list of Order',
      ref: 'Order',
    });
  });

  it('by its bounds, and not by those of any safe integer', () => {
    const limit = z.int().min(1).max(500).default(50);
    expect(shown(limit).limits).toEqual(['1 to 500', '50 unless given']);
    expect(shown(z.int()).limits).toEqual([]);
    expect(shown(z.string().max(9)).limits).toEqual(['at most 9 characters']);
  });

  it('by its fields, those of a list and those of what may be null', () => {
    const inner = z.object({ at: z.iso.datetime().describe('When.'), by: z.string().optional() });
    for (const type of [inner, z.array(inner), inner.nullable(), z.record(z.string(), inner)]) {
      expect(shown(type).fields).toMatchObject([
        { name: 'at', type: 'string (date-time)', isRequired: true, description: 'When.' },
        { name: 'by', type: 'string', isRequired: false },
      ]);
    }
  });
});

it('an example is of the form of its schema', () => {
  const type = z.object({
    day: z.iso.date(),
    at: z.iso.datetime(),
    url: z.url(),
    kinds: z.array(z.enum(['a', 'b'])),
    limit: z.int().default(7),
    inner: z.object({ on: z.boolean(), name: z.string().nullable() }),
  });
  const example = exampleOf(z.toJSONSchema(type));
  expect(type.safeParse(example).success).toBe(true);
  expect(example).toMatchObject({ kinds: ['a'], limit: 7 });
});
