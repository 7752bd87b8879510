import pg from 'pg';
import { StoreError } from '../store-error.js';

/** Type ids of PostgreSQL's catalogue: what columns hold, and what sum() gives of them. */
const BIGINT = 20;
const NUMERIC = 1700;

/** Whole numbers arrive as text, since they may be larger than a JavaScript number is exact. */
export const integersAsNumbers: pg.CustomTypesConfig = {
  getTypeParser(type: number, format?: 'text' | 'binary') {
    return type === BIGINT || type === NUMERIC
      ? exactInteger
      : pg.types.getTypeParser(type, format);
  },
};

/** Throws where the number would not be exact. */
export function exactInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) {
    throw new StoreError(
      'corrupt',
      `the database holds ${text} where an exact integer should be`,
      'restore the last good copy of the database',
    );
  }
  return value;
}
