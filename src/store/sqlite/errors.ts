import { codeOf, messageOf, StoreError } from '../store-error.js';

/** True where another connection holds the lock: it passes by waiting. */
export function isBusy(error: unknown): boolean {
  const code = codeOf(error);
  return code !== undefined && /^SQLITE_(BUSY|LOCKED)/.test(code);
}

/** Names what SQLite says; errors that are not SQLite's pass through. */
export function storeErrorOfSqlite(error: unknown, path: string): unknown {
  const code = codeOf(error);
  if (error instanceof StoreError || !code?.startsWith('SQLITE_')) return error;
  const text = messageOf(error);
  const made = (kind: StoreError['kind'], message: string, fix: string) =>
    new StoreError(kind, message, fix, { cause: error });
  if (isBusy(error)) {
    return made(
      'busy',
      `another process kept ${path} locked for too long`,
      'see which program has the file open',
    );
  }
  if (/^SQLITE_CORRUPT/.test(code)) {
    return made('corrupt', `${path} is damaged: ${text}`, 'restore the last good copy of the file');
  }
  if (code === 'SQLITE_NOTADB') {
    return made(
      'foreign',
      `${path} is not an SQLite database`,
      'point `database` in the config at another file',
    );
  }
  if (code === 'SQLITE_FULL') {
    return made('full', `no room is left to write ${path}`, 'free space on that disk');
  }
  if (/^SQLITE_CONSTRAINT_(UNIQUE|PRIMARYKEY)/.test(code)) {
    return made('conflict', text, 'this is a defect of orderpark: please report it');
  }
  if (code === 'SQLITE_CONSTRAINT_TRIGGER') {
    return made('refused', text, 'this is a defect of orderpark: please report it');
  }
  if (/^SQLITE_(CANTOPEN|IOERR|READONLY|PERM|AUTH|NOLFS)/.test(code)) {
    return made(
      'unavailable',
      `${path} cannot be used: ${text}`,
      'check that the folder exists and that orderpark may write to it',
    );
  }
  return error;
}
