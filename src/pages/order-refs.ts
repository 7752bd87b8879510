import type { OrderRef } from '../services/decide.js';

/** Names an order in a form, as `main/1042`. */
export function refText({ shop, id }: OrderRef): string {
  return `${shop}/${id}`;
}

/** Reads it back; undefined for anything else. */
export function refOf(text: string): OrderRef | undefined {
  const slash = text.lastIndexOf('/');
  const id = text.slice(slash + 1);
  const isRef = slash > 0 && /^\d{1,15}$/.test(id);
  return isRef ? { shop: text.slice(0, slash), id: Number(id) } : undefined;
}

export function refsOf(texts: readonly string[]): readonly OrderRef[] {
  return [...new Set(texts)].flatMap((text) => refOf(text) ?? []);
}
