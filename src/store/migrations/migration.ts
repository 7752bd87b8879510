export type DatabaseKind = 'sqlite' | 'postgres';

/** One step of the schema; applied in a transaction of its own and never changed once released. */
export interface Migration {
  /** From 1, without gaps. */
  readonly version: number;
  readonly statements: (kind: DatabaseKind) => readonly string[];
}
