import { codeOf, messageOf, StoreError, type StoreErrorKind } from '../store-error.js';

interface Meaning {
  readonly codes: RegExp;
  readonly kind: StoreErrorKind;
  readonly fix: string;
}

const DEFECT = 'this is a defect of orderpark: please report it';

/** SQLSTATE classes (PostgreSQL documentation, appendix A) and Node's network codes; first match. */
const MEANINGS: readonly Meaning[] = [
  { codes: /^(40001|40P01|55P03)$/, kind: 'busy', fix: 'try again' },
  { codes: /^23505$/, kind: 'conflict', fix: DEFECT },
  { codes: /^55000$/, kind: 'refused', fix: DEFECT },
  { codes: /^53100$/, kind: 'full', fix: 'free space on the disk of the database server' },
  { codes: /^XX00[12]$/, kind: 'corrupt', fix: 'restore the last good copy of the database' },
  { codes: /^28/, kind: 'unavailable', fix: 'check user and password in `database`' },
  { codes: /^3D000$/, kind: 'unavailable', fix: 'make that database, or name another one' },
  { codes: /^42501$/, kind: 'unavailable', fix: 'give the database user rights on its schema' },
  { codes: /^(08|53|57P|58)/, kind: 'unavailable', fix: 'see to the database server' },
  {
    codes: /^(E[A-Z]+|SELF_SIGNED.*|.*CERT.*)$/,
    kind: 'unavailable',
    fix: 'check that the database server runs, and its address in `database`',
  },
];

/** What pg says without a code when a connection goes. */
const LOST = /connection terminated|timeout exceeded when trying to connect|not queryable/i;

/** Names what PostgreSQL, or the way to it, says; other errors pass through. */
export function storeErrorOfPostgres(error: unknown, label: string): unknown {
  if (error instanceof StoreError) return error;
  const code = codeOf(error) ?? '';
  const text = messageOf(error);
  const meaning = MEANINGS.find(({ codes }) => codes.test(code));
  if (meaning) {
    return new StoreError(meaning.kind, `${label}: ${text}`, meaning.fix, { cause: error });
  }
  if (!LOST.test(text)) return error;
  return new StoreError('unavailable', `${label}: ${text}`, 'see to the database server', {
    cause: error,
  });
}
