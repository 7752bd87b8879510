import type { DatabaseKind } from './migration.js';

/** What the two databases spell differently. */
export function dialectOf(kind: DatabaseKind) {
  return kind === 'sqlite'
    ? {
        text: 'text',
        int: 'integer',
        serial: 'integer primary key autoincrement',
        strict: 'strict',
        clustered: 'strict, without rowid',
      }
    : {
        // Compared byte by byte, as SQLite does, whatever the locale of the server.
        text: 'text collate "C"',
        int: 'bigint',
        serial: 'bigint generated always as identity primary key',
        strict: '',
        clustered: '',
      };
}
