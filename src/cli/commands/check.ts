import type { Command } from 'commander';
import { checkAll } from '../../check/check.js';
import type { CheckFinding } from '../../check/finding.js';
import { type CliContext, type CommonOptions, withApp } from '../context.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import { printJson } from '../output.js';
import { printable } from '../table.js';

export function addCheck(
  program: Command,
  context: CliContext,
  done: (code: ExitCode) => void,
): void {
  program
    .command('check')
    .description('look for trouble before it comes: config, shops, VAT mapping, books')
    .option('--json', 'print the findings as JSON')
    .action(async (_, command: Command) => done(await check(context, command.optsWithGlobals())));
}

async function check(
  context: CliContext,
  options: CommonOptions & { json?: boolean },
): Promise<ExitCode> {
  const findings = await findAll(context, options);
  if (options.json) printJson(context, findings);
  return codeOf(findings);
}

/** What the doctor finds; each told at once, unless JSON was asked for. */
export function findAll(
  context: CliContext,
  options: CommonOptions & { json?: boolean },
): Promise<readonly CheckFinding[]> {
  return withApp(context, options, 'check', async (app) => {
    const findings: CheckFinding[] = [];
    for await (const finding of checkAll(app, context.signal)) {
      findings.push(finding);
      if (!options.json) context.terminal.out(findingText(context, finding));
    }
    return findings;
  });
}

/** Whether a finding needs a person. */
export function codeOf(findings: readonly CheckFinding[]): ExitCode {
  return findings.some(({ level }) => level === 'error') ? EXIT.attention : EXIT.done;
}

function findingText(
  { terminal }: CliContext,
  { about, level, message, fix }: CheckFinding,
): string {
  const { green, yellow, red } = terminal.colors;
  const mark = { ok: green('ok     '), warning: yellow('warning'), error: red('error  ') }[level];
  const hint = fix === undefined ? '' : `         ${printable(fix)}\n`;
  return `${mark}  ${about}: ${printable(message)}\n${hint}`;
}
