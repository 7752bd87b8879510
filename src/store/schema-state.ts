import type { FilledDatabase, Migration } from './migrations/migration.js';
import { StoreError } from './store-error.js';

/** What a database holds: nothing, somebody else's tables, or ours at some version. */
export type SchemaState =
  | { readonly kind: 'empty' }
  | { readonly kind: 'foreign'; readonly detail: string }
  | { readonly kind: 'ours'; readonly version: number };

/** A database before it is known to be usable. */
export interface SchemaTarget {
  readonly kind: FilledDatabase['kind'];
  /** As told to people: a path, or `host:port/name`; never with a password. */
  readonly label: string;
  inspect(): Promise<SchemaState>;
  /**
   * Applies, in one transaction, those of `migrations` that the database does not have yet, and
   * notes the new version. Another process may have been faster: then there is nothing to do.
   */
  apply(migrations: readonly Migration[]): Promise<void>;
}

/** Takes `state` further by what it lacks of `migrations`, and notes the version reached. */
export async function applyMissing(
  state: SchemaState,
  migrations: readonly Migration[],
  database: FilledDatabase,
): Promise<void> {
  const version = versionOf(state);
  const missing = migrations.filter((migration) => migration.version > version);
  const last = missing.at(-1);
  if (!last) return;
  const runAll = async (statements: readonly string[]) => {
    for (const statement of statements) await database.run(statement, []);
  };
  if (state.kind !== 'ours') await runAll(META_TABLE);
  for (const { statements, fill } of missing) {
    await runAll(statements(database.kind));
    // Of a database that is being made there is nothing to fill.
    if (state.kind === 'ours') await fill?.(database);
  }
  await runAll([`update orderpark_meta set value = '${last.version}' where key = 'version'`]);
}

const META_TABLE = [
  'create table orderpark_meta (key text primary key, value text not null)',
  `insert into orderpark_meta (key, value) values ('application', 'orderpark'), ('version', '0')`,
];

/** Brings an empty database to the current version; refuses every other that is not current. */
export async function ensureCurrent(
  target: SchemaTarget,
  migrations: readonly Migration[],
  whenEmpty: 'create' | 'refuse',
): Promise<void> {
  const state = await target.inspect();
  if (state.kind === 'empty') {
    if (whenEmpty === 'refuse') throw missing(target.label);
    return target.apply(migrations);
  }
  const current = currentVersion(migrations);
  const version = requireKnown(state, current, target.label);
  if (version < current) {
    throw new StoreError(
      'older',
      `${target.label} has version ${version}; this orderpark needs version ${current}`,
      'stop the running orderpark and run `orderpark migrate`',
    );
  }
}

/** The version of a database that is ours, or empty (0). Throws where it is foreign or newer. */
export function requireKnown(state: SchemaState, current: number, label: string): number {
  if (state.kind === 'foreign') {
    throw new StoreError(
      'foreign',
      `${label} is not a database of orderpark: ${state.detail}`,
      'point `database` in the config at another place; nothing was changed in this one',
    );
  }
  const version = versionOf(state);
  if (version > current) {
    throw new StoreError(
      'newer',
      `${label} has version ${version}, made by a newer orderpark; this one knows version ${current}`,
      'run the newer orderpark, or restore the copy made before the upgrade',
    );
  }
  return version;
}

export function currentVersion(migrations: readonly Migration[]): number {
  return migrations.at(-1)?.version ?? 0;
}

export function missing(label: string): StoreError {
  return new StoreError(
    'missing',
    `${label} does not exist yet`,
    'run `orderpark run` or `orderpark poll` first: they make it',
  );
}

function versionOf(state: SchemaState): number {
  return state.kind === 'ours' ? state.version : 0;
}
