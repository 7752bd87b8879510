import type Database from 'better-sqlite3';
import { messageOf, StoreError } from '../store-error.js';

export type NativeDatabase = Database.Database;
export type NativeStatement = Database.Statement;

/** better-sqlite3's constructor, as far as it is used here. */
type NativeConstructor = new (path: string, options?: Database.Options) => NativeDatabase;

/**
 * The SQLite driver that this Node can run. better-sqlite3 13 crashes on Node 20, and 12 aborts on
 * Node 24.19 and later when a statement is collected under load; so package.json names both as
 * optional, 12 under the alias. The alias may go when Node 20 is no longer supported.
 */
export async function loadSqlite(nodeVersion = process.versions.node): Promise<NativeConstructor> {
  const name = driverNameFor(nodeVersion);
  try {
    const module: { default: NativeConstructor } = await import(name);
    return module.default;
  } catch (error) {
    throw new StoreError(
      'unavailable',
      `the SQLite driver ${name} cannot be loaded: ${messageOf(error)}`,
      'run npm install again with the Node version that runs orderpark; it needs a C++ compiler where no ready-made driver exists',
      { cause: error },
    );
  }
}

/** The package that holds the driver for a Node version such as `20.19.0`. */
export function driverNameFor(nodeVersion: string): string {
  return nodeVersion.startsWith('20.') ? 'better-sqlite3-node20' : 'better-sqlite3';
}
