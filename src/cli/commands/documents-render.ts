import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import type { App } from '../../app.js';
import { numberFileName } from '../../export/folder/file-name.js';
import type { Renderer } from '../../rendering/renderer.js';
import type { DocumentFormat } from '../../rendering/settings.js';
import { hasCode } from '../../runtime/durable-file.js';
import { type CliContext, CommandError, type CommonOptions, withApp } from '../context.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import { findDocuments } from '../find-documents.js';
import { printable } from '../table.js';

interface RenderOptions extends CommonOptions {
  readonly shop?: string;
  readonly books?: string;
  readonly pdf?: boolean;
  readonly ubl?: boolean;
  readonly to: string;
  readonly force?: boolean;
}

export function addDocumentsRender(
  documents: Command,
  context: CliContext,
  done: (code: ExitCode) => void,
): void {
  documents
    .command('render')
    .description('write a document as PDF and UBL, to look at; books nothing')
    .argument('<number>', 'its number, or its key')
    .option('--pdf', 'only the PDF')
    .option('--ubl', 'only the UBL file')
    .option('--to <folder>', 'where to', '.')
    .option('--books <id>', 'as these books want it; absent: the first that take files')
    .option('--shop <id>', 'of this shop')
    .option('--force', 'replace files that are there')
    .action(async (number: string, _, command: Command) => {
      done(await render(context, number, command.optsWithGlobals()));
    });
}

async function render(
  context: CliContext,
  number: string,
  options: RenderOptions,
): Promise<ExitCode> {
  return withApp(context, options, 'command', async (app) => {
    const [stored, another] = await findDocuments(app.store, number, options);
    if (!stored) return EXIT.failed;
    const { document } = stored;
    if (another) {
      throw new CommandError(
        EXIT.usage,
        `${number} may mean ${document.key} or ${another.document.key}.`,
        'Name the shop with --shop, or the document by its key.',
      );
    }
    const rendered = await rendererFor(app, options)(document);
    if (rendered.kind !== 'rendered') {
      throw new CommandError(EXIT.failed, printable(rendered.reason), printable(rendered.fix));
    }
    const folder = resolve(context.cwd, options.to);
    await mkdir(folder, { recursive: true });
    for (const { extension, content } of rendered.files) {
      const path = join(folder, `${numberFileName(document.number)}.${extension}`);
      await write(path, content, options.force ?? false);
      context.terminal.out(`${path}\n`);
    }
    for (const note of rendered.notes) context.terminal.err(`${printable(note)}\n`);
    return EXIT.done;
  });
}

function rendererFor(app: App, { pdf, ubl, books }: RenderOptions): Renderer {
  const all = !pdf && !ubl;
  const formats: DocumentFormat[] = [
    ...(pdf || all ? (['pdf'] as const) : []),
    ...(ubl || all ? (['ubl'] as const) : []),
  ];
  try {
    return app.renderer(formats, books);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new CommandError(
      EXIT.usage,
      `There are no books "${books}" of type files or email in the configuration.`,
    );
  }
}

async function write(path: string, content: Uint8Array, replace: boolean): Promise<void> {
  try {
    await writeFile(path, content, { flag: replace ? 'w' : 'wx' });
  } catch (error) {
    if (hasCode(error, 'EEXIST')) {
      throw new CommandError(
        EXIT.failed,
        `${path} is there already.`,
        'Name another folder with --to, or replace it with --force.',
      );
    }
    const reason = error instanceof Error ? error.message : String(error);
    throw new CommandError(EXIT.failed, `${path} could not be written: ${reason}`);
  }
}
