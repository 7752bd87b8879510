import { z } from 'zod';
import { instant } from '../shapes/scalars.js';
import { wrong } from './operation.js';

const LONGEST = 600;

export const after = z
  .string()
  .max(LONGEST)
  .optional()
  .describe('`next` of the page before; it is not to be looked into.');

/** A page of a list. */
export function pageShape<Shape extends z.ZodType>(item: Shape) {
  return z.object({
    items: z.array(item),
    next: z.string().nullable().describe('Send as `after` for the next page; null on the last.'),
  });
}

/** Where a page ended. */
export interface Place {
  readonly at: string;
  readonly id: string;
}

const place = z.tuple([z.string().max(LONGEST), z.string().max(LONGEST)]);

/** Throws the problem where it is none of ours. */
export function placeIn(
  cursor: string | undefined,
  isId: (id: string) => boolean,
  isAt = isInstant,
): Place | undefined {
  if (cursor === undefined) return undefined;
  const parsed = place.safeParse(jsonIn(Buffer.from(cursor, 'base64url').toString('utf8')));
  if (parsed.success) {
    const [at, id] = parsed.data;
    if (isId(id) && isAt(at)) return { at, id };
  }
  throw wrong([{ in: 'query', name: 'after', detail: 'This is not the `next` of a page.' }]);
}

function isInstant(text: string): boolean {
  return instant.safeParse(text).success;
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** `rows` has one more than the limit where another page follows. */
export function pageOf<Row, Item>(
  rows: readonly Row[],
  limit: number,
  itemOf: (row: Row) => Item,
  placeOf: (row: Row) => Place,
): { items: Item[]; next: string | null } {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const next = rows.length > limit && last !== undefined ? cursorOf(placeOf(last)) : null;
  return { items: shown.map(itemOf), next };
}

export function cursorOf({ at, id }: Place): string {
  return Buffer.from(JSON.stringify([at, id])).toString('base64url');
}
