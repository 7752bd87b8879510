import type { z } from 'zod';
import { type JsonSchema, keysAt, schemasAt } from './json-schema.js';
import { nearest } from './nearest.js';
import { type Path, pathText } from './problem.js';

/** One thing that is wrong, before it is given its place in the file. */
export interface Finding {
  readonly kind: 'missing' | 'unknown-key' | 'environment' | 'wrong';
  readonly path: Path;
  readonly message: string;
  readonly expected?: string;
  readonly suggestion?: string;
}

type Issue = z.core.$ZodIssue;

/** What zod found, as an owner understands it. */
export function findingsOf(
  issues: readonly Issue[],
  valueAt: (path: Path) => unknown,
  schemaOf: () => JsonSchema,
): Finding[] {
  if (issues.length === 0) return [];
  const schema = schemaOf();
  const findings = issues.flatMap((issue) => findingsOfIssue(issue, [], valueAt, schema));
  return withoutMisspelt(findings);
}

/** A key that is there, but misspelt, is not also missing. */
function withoutMisspelt(findings: Finding[]): Finding[] {
  const meant = new Set(
    findings.flatMap(({ kind, path, suggestion }) =>
      kind === 'unknown-key' && suggestion !== undefined
        ? [pathText([...path.slice(0, -1), suggestion])]
        : [],
    ),
  );
  return findings.filter(({ kind, path }) => kind !== 'missing' || !meant.has(pathText(path)));
}

function findingsOfIssue(
  issue: Issue,
  parent: Path,
  valueAt: (path: Path) => unknown,
  schema: JsonSchema,
): Finding[] {
  const path: Path = [
    ...parent,
    ...issue.path.map((step) => (typeof step === 'number' ? step : String(step))),
  ];
  const value = valueAt(path);
  if (value === undefined) return [missing(path, schema, issue.message)];
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => unknownKey([...path, key], schema));
  }
  if (issue.code === 'invalid_union') {
    const forms = fittingForms(issue.errors, value);
    const found = (forms[0] ?? []).flatMap((inner) =>
      findingsOfIssue(inner, path, valueAt, schema),
    );
    if (found.length > 0) return forms.length === 1 ? found : withoutGuesses(found);
  }
  return [wrong(path, issue, value, schema)];
}

/** Of several forms, those that the value has the shape of; the one with least amiss first. */
function fittingForms(forms: readonly (readonly Issue[])[], value: unknown): (readonly Issue[])[] {
  const isScalar = typeof value !== 'object';
  return forms
    .filter(
      (issues) =>
        !issues.some(
          ({ code, path }) =>
            path.length === 0 &&
            (code === 'invalid_type' || (code === 'invalid_value' && !isScalar)),
        ),
    )
    .toSorted((a, b) => a.length - b.length);
}

/** Where a key is misspelt it is not known which form was meant, nor then what it lacks. */
function withoutGuesses(findings: Finding[]): Finding[] {
  const isMisspelt = findings.some(({ kind }) => kind === 'unknown-key');
  return isMisspelt ? findings.filter(({ kind }) => kind !== 'missing') : findings;
}

function missing(path: Path, schema: JsonSchema, expected: string): Finding {
  const description = schemasAt(schema, path).find((found) => found.description)?.description;
  return {
    kind: 'missing',
    path,
    message: 'is missing',
    expected: description === undefined ? expected : `${expected}: ${description}`,
  };
}

function unknownKey(path: Path, schema: JsonSchema): Finding {
  const keys = keysAt(schema, path.slice(0, -1));
  const suggestion = nearest(String(path.at(-1)), keys);
  return {
    kind: 'unknown-key',
    path,
    message: 'is not a key that is known here',
    expected: `one of ${[...new Set(keys)].join(', ')}`,
    ...(suggestion === undefined ? {} : { suggestion }),
  };
}

function wrong(path: Path, issue: Issue, value: unknown, schema: JsonSchema): Finding {
  const suggestion = typeof value === 'string' ? nearest(value, wordsAt(path, schema)) : undefined;
  return {
    kind: 'wrong',
    path,
    message: 'cannot be used',
    expected: issue.message,
    ...(suggestion === undefined ? {} : { suggestion }),
  };
}

/** The words that may stand at a path, where they are a closed set. */
function wordsAt(path: Path, schema: JsonSchema): string[] {
  if (pathText(path) === 'timezone') return Intl.supportedValuesOf('timeZone');
  return schemasAt(schema, path).flatMap((found) => [
    ...(found.enum ?? []).map(String),
    ...(typeof found.const === 'string' ? [found.const] : []),
  ]);
}
