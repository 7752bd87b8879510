import type { Level } from '../finding.js';

/** A schema of ISO Schematron (ISO/IEC 19757-3), as far as the official rules make use of it. */
export interface Schema {
  /** Prefix to namespace, for every expression. */
  readonly namespaces: ReadonlyMap<string, string>;
  /** Of the schema and of its patterns. */
  readonly variables: readonly Variable[];
  readonly patterns: readonly Pattern[];
}

/** In a pattern, a node is tested by the first rule whose context it matches, and by no other. */
export interface Pattern {
  readonly rules: readonly Rule[];
}

export interface Rule {
  readonly context: string;
  /** In their order: a variable holds for what follows it. */
  readonly body: readonly (Variable | Check)[];
}

export interface Variable {
  readonly kind: 'variable';
  readonly name: string;
  readonly select: string;
}

export interface Check {
  /** An assert speaks where its test is false, a report where it is true. */
  readonly kind: 'assert' | 'report';
  readonly id: string;
  readonly level: Level;
  readonly test: string;
  readonly message: readonly MessagePart[];
}

/** Text as it stands, or an expression whose value is put in its place. */
export type MessagePart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'value'; readonly select: string };
