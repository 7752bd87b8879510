import type { Problem } from './problem.js';

/** Prints problems as compilers do: where, what, the line of the file, and a caret. */
export function formatProblems(
  problems: readonly Problem[],
  options: { readonly color: boolean },
): string {
  return problems.map((problem) => formatProblem(problem, options.color)).join('\n\n');
}

function formatProblem(problem: Problem, color: boolean): string {
  const paint = (style: keyof typeof STYLES, text: string) =>
    color ? `${STYLES[style]}${text}${RESET}` : text;
  const place = `${problem.file}:${problem.line}:${problem.column}`;
  const label = paint(problem.severity, `${problem.severity}:`);
  const head = `${paint('bold', place)}: ${label} ${sentenceOf(problem)}`;
  if (problem.excerpt.trim() === '') return head;

  const number = String(problem.line).padStart(5);
  const margin = ' '.repeat(number.length);
  // Tabs stay tabs, so that the caret stands below its column however wide they are.
  const indent = problem.excerpt.slice(0, problem.excerptColumn - 1).replace(/[^\t]/g, ' ');
  const caret = paint(problem.severity, '^');
  return `${head}\n${number} | ${problem.excerpt}\n${margin} | ${indent}${caret}`;
}

function sentenceOf({ path, message, value, expected, suggestion }: Problem): string {
  const subject = path === '' ? '' : `${path}: `;
  const found = value === undefined ? '' : ` (found ${value})`;
  const wanted = expected === undefined ? '' : `; expected ${expected}`;
  const hint = suggestion === undefined ? '' : `; did you mean \`${suggestion}\`?`;
  return `${subject}${message}${found}${wanted}${hint}`;
}

const RESET = '\u001b[0m';
const STYLES = { bold: '\u001b[1m', error: '\u001b[31m', warning: '\u001b[33m' } as const;
