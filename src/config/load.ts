import { readFileSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { clearSecretFindings } from './clear-secrets.js';
import type { Config } from './config.js';
import { configJsonSchema } from './json-schema.js';
import { type PlainValue, plainValueOf } from './plain-value.js';
import { type Problem, pathText } from './problem.js';
import { realTimeDoubts } from './real-time-doubts.js';
import { crossFindings, doubtfulStatuses } from './references.js';
import { createReporter, type Reporter } from './reporter.js';
import { resolveConfig } from './resolve.js';
import { fileSchema } from './schema.js';
import { readSecretFiles, reasonOf, valueAt } from './secrets.js';
import { openSource, type Source } from './source.js';
import { syntaxFindings } from './syntax.js';
import { type Finding, findingsOf } from './zod-issues.js';

export interface LoadOptions {
  readonly path: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Reads a file as UTF-8 text; throws as node:fs does. Default: the file system. */
  readonly readFile?: (path: string) => string;
  /** Permission bits of the config file. Default: the file system's. */
  readonly fileMode?: (path: string) => number;
}

export type ConfigResult =
  | { readonly ok: true; readonly config: Config; readonly warnings: readonly Problem[] }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Reads the owner's file and tells all that is wrong with it at once. Never throws. */
export function loadConfig(options: LoadOptions): ConfigResult {
  const { path, env, readFile = readText, fileMode = modeOf } = options;
  const file = resolve(path);
  let text: string;
  try {
    text = readFile(file);
  } catch (error) {
    return { ok: false, problems: [unreadable(path, reasonOf(error))] };
  }
  const source = openSource(text);
  const plain = plainValueOf(source, env);
  const secrets = readSecretFiles(plain.value, dirname(file), readFile);
  const { value } = secrets;
  const parsed = fileSchema.safeParse(value);
  const issues = parsed.success ? [] : parsed.error.issues;
  const findings = [
    ...treeFindings(plain),
    ...secrets.findings,
    ...withoutUnset(
      findingsOf(issues, (at) => valueAt(value, at), configJsonSchema),
      plain,
    ),
    ...withoutUnset(crossFindings(value), plain),
  ];
  const reporter = createReporter({ file: path, source, plain, value, env, findings });
  const problems = problemsOf(source, plain, findings, reporter);
  if (problems.length > 0 || !parsed.success) return { ok: false, problems };

  const isPublic = isWorldReadable(file, fileMode);
  const doubts = [
    ...doubtfulStatuses(value),
    ...realTimeDoubts(parsed.data),
    ...clearSecretFindings(source, value, isPublic),
  ];
  return {
    ok: true,
    config: resolveConfig(parsed.data, file, (at) => source.positionOf(at, 'value').line),
    warnings: inOrder(doubts.map((doubt) => reporter.ofFinding(doubt, 'warning'))),
  };
}

/** What the tree itself says of its references, before any rule. */
function treeFindings({ references, tooLarge }: PlainValue): Finding[] {
  const ofReferences = references.flatMap(({ path, unset, malformed }): Finding[] => [
    ...unset.map(
      (name): Finding => ({
        kind: 'environment',
        path,
        message: `needs the environment variable ${name}, which is not set`,
      }),
    ),
    ...(malformed ? [{ kind: 'environment', path, ...MALFORMED } as const] : []),
  ]);
  const tooLargeFinding: Finding = {
    kind: 'environment',
    path: [],
    message: 'is too large, or nested too deep, as through aliases (*name) that repeat each other',
  };
  return tooLarge ? [tooLargeFinding] : ofReferences;
}

const MALFORMED = {
  message: 'has a reference that cannot be read',
  expected: `\${NAME} or \${NAME:-default}; $\${ stands for itself`,
};

/** A value that could not be had needs no second problem. */
function withoutUnset(findings: readonly Finding[], { references }: PlainValue): Finding[] {
  const broken = new Set(
    references
      .filter(({ unset, malformed }) => unset.length > 0 || malformed)
      .map(({ path }) => pathText(path)),
  );
  return findings.filter(({ kind, path }) => kind !== 'wrong' || !broken.has(pathText(path)));
}

function problemsOf(
  source: Source,
  plain: PlainValue,
  findings: readonly Finding[],
  reporter: Reporter,
): Problem[] {
  const syntax = syntaxFindings(source);
  const breaks = syntax.filter(({ harmless }) => !harmless).map(({ offset }) => offset);
  const isGroup =
    typeof plain.value === 'object' && plain.value !== null && !Array.isArray(plain.value);
  if (!isGroup && breaks.length === 0) return [reporter.ofFinding(NOT_A_CONFIG, 'error')];

  // Beyond the first break the tree is guesswork, and what seems missing may stand there.
  const breakLine = source.positionAt(Math.min(...breaks, source.text.length)).line;
  const told = findings
    .map((finding) => ({ finding, problem: reporter.ofFinding(finding, 'error') }))
    .filter(
      ({ finding, problem }) =>
        breaks.length === 0 ||
        finding.kind === 'environment' ||
        (isGroup && finding.kind !== 'missing' && problem.line < breakLine),
    )
    .map(({ problem }) => problem);
  return inOrder([...syntax.map((finding) => reporter.ofSyntax(finding)), ...told]);
}

const NOT_A_CONFIG: Finding = {
  kind: 'missing',
  path: [],
  message: 'holds no configuration',
  expected: 'keys such as shops: and books: (see config/orderpark.example.yaml)',
};

/** By place; what was found twice is told once. */
function inOrder(problems: readonly Problem[]): Problem[] {
  const unique = new Map(problems.map((problem) => [JSON.stringify(problem), problem]));
  return [...unique.values()].sort((a, b) => a.line - b.line || a.column - b.column);
}

function unreadable(path: string, reason: string): Problem {
  return {
    severity: 'error',
    file: path,
    line: 1,
    column: 1,
    path: '',
    message: `cannot be read: ${reason}`,
    expected: 'the path of a config file (--config)',
    excerpt: '',
    excerptColumn: 1,
  };
}

function readText(path: string): string {
  return readFileSync(path, 'utf8');
}

function modeOf(path: string): number {
  return statSync(path).mode;
}

function isWorldReadable(path: string, fileMode: (path: string) => number): boolean {
  try {
    return (fileMode(path) & 0o004) !== 0;
  } catch {
    return false;
  }
}
