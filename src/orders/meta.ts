import type { Meta } from './order.js';

/** The first value under `key` as text; undefined where absent or empty. Objects are not text. */
export function metaText(meta: readonly Meta[], key: string): string | undefined {
  for (const datum of meta) {
    if (datum.key !== key) continue;
    const text = scalarText(datum.value);
    if (text) return text;
  }
  return undefined;
}

/** The first text under any of the keys, in their order. */
export function firstMetaText(meta: readonly Meta[], keys: readonly string[]): string | undefined {
  for (const key of keys) {
    const text = metaText(meta, key);
    if (text !== undefined) return text;
  }
  return undefined;
}

/** The first value under `key`, of whatever shape; undefined where absent. */
export function metaValue(meta: readonly Meta[], key: string): unknown {
  return meta.find((datum) => datum.key === key)?.value;
}

/** All conditions hold: `true` asks for presence, `false` for absence, text for that very value. */
export function metaMatches(
  meta: readonly Meta[],
  conditions: Readonly<Record<string, string | boolean>>,
): boolean {
  return Object.entries(conditions).every(([key, wanted]) => {
    if (typeof wanted === 'string') {
      return meta.some((datum) => datum.key === key && scalarText(datum.value) === wanted);
    }
    return meta.some((datum) => datum.key === key && isPresent(datum.value)) === wanted;
  });
}

function scalarText(value: unknown): string {
  if (typeof value === 'string') return value.trim();
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

function isPresent(value: unknown): boolean {
  return value !== null && value !== undefined && value !== '';
}
