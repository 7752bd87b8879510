/** The keys of `T` that may be absent are absent, and never `undefined`. */
export type Defined<T> = { [Key in keyof T]: Exclude<T[Key], undefined> };

/** Drops keys without a value: under exactOptionalPropertyTypes absent is not undefined. */
export function withoutUndefined<T extends object>(value: T): Defined<T> {
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  return Object.fromEntries(entries) as Defined<T>;
}
