import { isMap, isScalar, isSeq } from 'yaml';
import type { PlainValue } from './plain-value.js';
import { type Path, type Position, type Problem, pathText } from './problem.js';
import { createMasker, isSecretPath, MASK, soundsSecret } from './secrecy.js';
import { secretPart, secretPathsOf, valueAt } from './secrets.js';
import { type Source, writtenText } from './source.js';
import type { SyntaxFinding } from './syntax.js';
import type { Finding } from './zod-issues.js';

/** What is known of the file when its problems are told. */
export interface Reading {
  /** As the owner named it. */
  readonly file: string;
  readonly source: Source;
  readonly plain: PlainValue;
  /** The tree with its references and secret files read. */
  readonly value: unknown;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly findings: readonly Finding[];
}

export interface Reporter {
  ofFinding(finding: Finding, severity: Problem['severity']): Problem;
  ofSyntax(finding: SyntaxFinding): Problem;
}

/** Gives findings their place in the file, and takes every secret out of what will be read. */
export function createReporter(reading: Reading): Reporter {
  const { source, file } = reading;
  const lines = source.text.split(/\r?\n/);
  const mask = createMasker(knownSecrets(reading));

  const at = ({ line, column }: Position) => {
    const written = lines[line - 1] ?? '';
    const excerpt = mask(written);
    const before = mask(written.slice(0, column - 1));
    const excerptColumn = excerpt.startsWith(before)
      ? before.length + 1
      : Math.min(column, excerpt.length + 1);
    return { file, line, column, excerpt, excerptColumn };
  };
  return {
    ofSyntax: ({ offset, message }) => ({
      severity: 'error',
      path: mask(pathText(source.pathAtKey(offset))),
      message: mask(message),
      // What is missing at the end is shown on the last line that has something.
      ...at(source.positionAt(Math.min(offset, Math.max(source.text.trimEnd().length - 1, 0)))),
    }),
    ofFinding: (finding, severity) => {
      const value = finding.kind === 'wrong' ? valueText(finding.path, reading) : undefined;
      const part = finding.kind === 'wrong' || finding.kind === 'environment' ? 'value' : 'key';
      return {
        severity,
        path: mask(pathText(finding.path)),
        message: mask(finding.message),
        ...(value === undefined ? {} : { value: mask(value) }),
        ...(finding.expected === undefined ? {} : { expected: mask(finding.expected) }),
        ...(finding.suggestion === undefined ? {} : { suggestion: mask(finding.suggestion) }),
        ...at(source.positionOf(finding.path, part)),
      };
    },
  };
}

/** As written, and what its references came to, unless that may be secret. */
function valueText(path: Path, { source, plain, value }: Reading): string | undefined {
  const node = source.nodeAt(path);
  if (isMap(node)) return 'a group of keys';
  if (isSeq(node)) return 'a list';
  if (!isScalar(node) || node.value === null) return undefined;
  const written = writtenText(node);
  const reference = plain.references.find(
    (candidate) => pathText(candidate.path) === pathText(path),
  );
  if (isSecretPath(path))
    return reference ? reference.used.map((name) => `\${${name}}`).join('') : MASK;
  const isPrivate = reference?.used.some(soundsSecret) ?? false;
  const text = valueAt(value, path);
  if (!reference || isPrivate || typeof text !== 'string') return JSON.stringify(written);
  return `${JSON.stringify(written)}, which is ${JSON.stringify(text)}`;
}

function knownSecrets(reading: Reading): string[] {
  const { source, plain, value, env, findings } = reading;
  const atSecretPlaces = secretPathsOf(value).flatMap((path) => {
    const node = source.nodeAt(path);
    const written = isScalar(node) ? [writtenText(node)] : [];
    const texts = [...textsIn(valueAt(value, path)), ...written];
    return texts.flatMap((text) => secretPart(path, text) ?? []);
  });
  const underMisspeltKeys = findings.flatMap(({ kind, path, suggestion }) => {
    const isSecret = [String(path.at(-1)), suggestion ?? ''].some(soundsSecret);
    return kind === 'unknown-key' && isSecret ? textsIn(valueAt(value, path)) : [];
  });
  const inEnvironment = plain.references
    .flatMap(({ used }) => used)
    .flatMap((name) => (soundsSecret(name) ? (env[name] ?? []) : []));
  // A bare reference is a name, which the owner needs to read.
  return [...atSecretPlaces, ...underMisspeltKeys, ...inEnvironment].filter(
    (text) => !/^\$\{\w+\}$/.test(text),
  );
}

/** Every text in a value, but the path of a secret's file. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) => (key === 'file' ? [] : textsIn(part)));
}
