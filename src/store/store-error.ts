/**
 * Why the store could not be used, by what must happen next:
 * `foreign` the database is not ours; `newer`, `older` it is of another version; `missing` it does
 * not exist and was not to be made; `corrupt` it is damaged; `unavailable` it cannot be reached or
 * opened; `full` no room is left; `busy` another process kept it locked for too long;
 * `conflict` a key that must be unique exists; `refused` a frozen row was to be changed.
 */
export type StoreErrorKind =
  | 'foreign'
  | 'newer'
  | 'older'
  | 'missing'
  | 'corrupt'
  | 'unavailable'
  | 'full'
  | 'busy'
  | 'conflict'
  | 'refused';

/** What the store throws. Carries no password and no connection string (rule 11). */
export class StoreError extends Error {
  override readonly name = 'StoreError';
  constructor(
    readonly kind: StoreErrorKind,
    message: string,
    /** What a person can do. */
    readonly fix: string,
    options?: { readonly cause?: unknown },
  ) {
    super(message, options);
  }
}

/** The driver's own code of an error (`SQLITE_BUSY`, `40001`, `ECONNREFUSED`); undefined where none. */
export function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

export function messageOf(error: unknown): string {
  if (error instanceof AggregateError && !error.message) {
    return error.errors.map(messageOf).join('; ');
  }
  return error instanceof Error ? error.message : String(error);
}
