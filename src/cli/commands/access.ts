import { createInterface } from 'node:readline';
import type { Command } from 'commander';
import { hashPassword } from '../../access/password.js';
import { type CliContext, CommandError } from '../context.js';
import { EXIT, type ExitCode } from '../exit-codes.js';

export function addAccess(
  program: Command,
  context: CliContext,
  done: (code: ExitCode) => void,
): void {
  program
    .command('access')
    .description('who may come in on the page')
    .command('hash')
    .description('ask for a password and print what stands for it in the config')
    .action(async () => done(await hash(context)));
}

const SHORTEST_PASSWORD = 10;

async function hash(context: CliContext): Promise<ExitCode> {
  const { terminal } = context;
  const { stdin } = process;
  const password = stdin.isTTY ? await askTwice(terminal.err) : await firstLine(stdin);
  if (password.length < SHORTEST_PASSWORD) {
    throw new CommandError(
      EXIT.usage,
      `The password has fewer than ${SHORTEST_PASSWORD} characters.`,
      'Choose a longer one; some words after each other do well.',
    );
  }
  terminal.out(`${await hashPassword(password)}\n`);
  return EXIT.done;
}

async function askTwice(tell: (text: string) => void): Promise<string> {
  const first = await askHidden('Password: ', tell);
  if (first === (await askHidden('Once more: ', tell))) return first;
  throw new CommandError(
    EXIT.usage,
    'The two are not the same.',
    'Nothing was printed; try again.',
  );
}

/** Reads a line whose characters are not shown. Throws CommandError where it is broken off. */
function askHidden(question: string, tell: (text: string) => void): Promise<string> {
  const { stdin } = process;
  tell(question);
  stdin.setRawMode(true).setEncoding('utf8').resume();
  return new Promise((resolve, reject) => {
    let typed = '';
    const end = (finish: () => void) => {
      stdin.off('data', take).setRawMode(false).pause();
      tell('\n');
      finish();
    };
    const take = (text: string) => {
      for (const character of text) {
        if (character === '\r' || character === '\n') return end(() => resolve(typed));
        if (character === '\u0003' || character === '\u0004') {
          return end(() => reject(new CommandError(EXIT.usage, 'No password was given.')));
        }
        const isErasing = character === '\u007f' || character === '\b';
        typed = isErasing ? [...typed].slice(0, -1).join('') : typed + character;
      }
    };
    stdin.on('data', take);
  });
}

async function firstLine(input: NodeJS.ReadableStream): Promise<string> {
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY }))
    return line;
  return '';
}
