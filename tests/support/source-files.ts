import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, posix, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A file of the project, by its path from the top with forward slashes. */
export interface ProjectFile {
  readonly path: string;
  readonly text: string;
}

/** One import or re-export: of a file by its path from the top, or of a package by its name. */
export interface Import {
  readonly to: string;
  readonly isPackage: boolean;
  /** What stands between the braces; empty for a bare or dynamic import. */
  readonly names: readonly string[];
}

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../..');

/** All that git tracks or would track; where there is no git, what the folders of the project hold. */
export function projectFiles(): ProjectFile[] {
  return (existsSync(join(ROOT, '.git')) ? listedByGit() : listedByFolder())
    .filter((path) => existsSync(join(ROOT, path)))
    .map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') }));
}

function listedByGit(): string[] {
  const list = ['ls-files', '--cached', '--others', '--exclude-standard', '-z'];
  const options = { cwd: ROOT, encoding: 'utf8', maxBuffer: 10_000_000 } as const;
  return execFileSync('git', list, options).split('\0').filter(Boolean);
}

function listedByFolder(): string[] {
  const top = readdirSync(ROOT).filter((name) => statSync(join(ROOT, name)).isFile());
  const below = ['.ci', 'bench', 'config', 'docs', 'src', 'tests'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)).replaceAll('\\', '/')),
  );
  return [...top, ...below];
}

/** The text with its comments blanked, line for line. Knows strings only as far as our code needs. */
export function withoutComments(text: string): string {
  return text
    .replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, ' '))
    .replace(/(^|\s)\/\/.*$/gm, '$1');
}

const STATEMENT = /^(?:import|export)\s+(?:type\s+)?([^'";]*?)\s*from\s+'([^']+)'/gm;
const BARE = /^import\s+'([^']+)'/gm;
const DYNAMIC = /\bimport\(\s*'([^']+)'/g;

export function importsOf({ path, text }: ProjectFile): Import[] {
  const code = withoutComments(text);
  const found = [
    ...[...code.matchAll(STATEMENT)].map(([, clause = '', from = '']) => ({ clause, from })),
    ...[...code.matchAll(BARE), ...code.matchAll(DYNAMIC)].map(([, from = '']) => ({
      clause: '',
      from,
    })),
  ];
  return found.map(({ clause, from }) => ({
    to: from.startsWith('.') ? fileAt(path, from) : packageOf(from),
    isPackage: !from.startsWith('.'),
    names: namesIn(clause),
  }));
}

function fileAt(from: string, specifier: string): string {
  return posix.join(posix.dirname(from), specifier).replace(/\.js$/, '.ts');
}

/** `pino/file` is of `pino`, `@scope/name/file` of `@scope/name`; `node:fs/promises` stays. */
function packageOf(specifier: string): string {
  if (specifier.startsWith('node:')) return specifier;
  const [first = '', second = ''] = specifier.split('/');
  return first.startsWith('@') ? `${first}/${second}` : first;
}

function namesIn(clause: string): string[] {
  return clause
    .replace(/[{}]/g, ',')
    .split(',')
    .map((name) =>
      name
        .replace(/^\s*type\s+/, '')
        .replace(/\s+as\s+[\s\S]*$/, '')
        .trim(),
    )
    .filter(Boolean);
}
