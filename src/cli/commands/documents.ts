import { type Command, Option } from 'commander';
import type { Document } from '../../documents/document.js';
import { formatMinor } from '../../orders/money.js';
import { documentJson } from '../../shapes/document.js';
import { type DocumentDetailJson, documentDetailJson } from '../../shapes/document-detail.js';
import type { DocumentFilter } from '../../store/store.js';
import { type CliContext, type CommonOptions, chosenShops, withApp } from '../context.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import { findDocuments } from '../find-documents.js';
import { moneyText } from '../money-text.js';
import { counted, printJson, printJsonList } from '../output.js';
import { allDocuments } from '../pages.js';
import { countOption, dayOption } from '../parse-options.js';
import { printable, table } from '../table.js';
import { addDocumentsRender } from './documents-render.js';

interface ListOptions extends CommonOptions {
  readonly json?: boolean;
  readonly shop?: string;
  readonly kind?: Document['kind'];
  readonly from?: string;
  readonly to?: string;
  readonly limit?: number;
}

export function addDocuments(
  program: Command,
  context: CliContext,
  done: (code: ExitCode) => void,
): void {
  const documents = program.command('documents').description('look at invoices and credit notes');
  documents
    .command('list')
    .description('list documents, newest first')
    .addOption(new Option('--kind <kind>', 'only of this kind').choices(['invoice', 'credit-note']))
    .option('--shop <id>', 'only of this shop')
    .option('--from <day>', 'only dated on this day or later', dayOption)
    .option('--to <day>', 'only dated on this day or before', dayOption)
    .option('--limit <count>', 'at most so many', countOption)
    .option('--json', 'print JSON')
    .action(async (_, command: Command) => done(await list(context, command.optsWithGlobals())));
  documents
    .command('show')
    .description('show one document whole')
    .argument('<number>', 'its number, or its key')
    .option('--shop <id>', 'of this shop')
    .option('--json', 'print JSON')
    .action(async (number: string, _, command: Command) => {
      done(await show(context, number, command.optsWithGlobals()));
    });
  addDocumentsRender(documents, context, done);
}

async function list(context: CliContext, options: ListOptions): Promise<ExitCode> {
  return withApp(context, options, 'command', async (app) => {
    const { shop, kind, from, to, limit = Number.POSITIVE_INFINITY } = options;
    if (shop !== undefined) chosenShops(app, [shop]);
    const filter: DocumentFilter = {
      ...(shop === undefined ? {} : { shop }),
      ...(kind === undefined ? {} : { kind }),
      ...(from === undefined ? {} : { from }),
      ...(to === undefined ? {} : { to }),
    };
    const documents = shaped(allDocuments(app, filter, limit));
    if (options.json) {
      await printJsonList(context, documents);
      return EXIT.done;
    }
    const rows: string[][] = [];
    for await (const document of documents) {
      rows.push([
        document.shop,
        document.number,
        document.kind,
        document.date,
        document.orderNumber,
        moneyText(document.grossMinor, document.currency),
        moneyText(document.taxMinor, document.currency),
        document.estimated ? 'estimate' : '',
        document.postings.map(({ books, state }) => `${books}: ${state}`).join(', '),
      ]);
    }
    context.terminal.out(rows.length === 0 ? 'No such documents.\n' : table(COLUMNS, rows));
    if (rows.length > 0) context.terminal.err(`${counted(rows.length, 'document')}\n`);
    return EXIT.done;
  });
}

async function* shaped(documents: ReturnType<typeof allDocuments>) {
  for await (const { stored, postings } of documents) yield documentJson(stored, postings);
}

const COLUMNS = [
  { title: 'shop' },
  { title: 'number' },
  { title: 'kind' },
  { title: 'date' },
  { title: 'order' },
  { title: 'gross', align: 'right' },
  { title: 'tax', align: 'right' },
  { title: '' },
  { title: 'books' },
] as const;

async function show(
  context: CliContext,
  number: string,
  options: CommonOptions & { json?: boolean; shop?: string },
): Promise<ExitCode> {
  return withApp(context, options, 'command', async ({ store }) => {
    const found = await findDocuments(store, number, options);
    const postings = await store.postingsOf(found.map(({ document }) => document.key));
    const details = found.map((stored) => documentDetailJson(stored, postings));
    if (options.json) printJson(context, details.length === 1 ? details[0] : details);
    else context.terminal.out(details.map(detailText).join('\n'));
    return EXIT.done;
  });
}

function detailText(document: DocumentDetailJson): string {
  const { currency, minorUnits, buyer } = document;
  const amount = (minor: number) => formatMinor(minor, minorUnits);
  const head = [
    `${document.kind === 'invoice' ? 'Invoice' : 'Credit note'} ${document.number} of ${document.date}`,
    ...(document.invoiceNumber === undefined ? [] : [`corrects invoice ${document.invoiceNumber}`]),
    ...(document.replaces === undefined ? [] : [`takes the place of ${document.replaces}`]),
    `order ${document.orderNumber} of shop ${document.shop}, for ${buyer.company || buyer.name || 'an unknown customer'}`,
  ].map(printable);
  const lines = table(
    [
      { title: '' },
      { title: 'quantity', align: 'right' },
      { title: 'net', align: 'right' },
      { title: 'VAT' },
    ],
    document.lines.map(({ name, quantity, netMinor, group }) => [
      name,
      quantity,
      amount(netMinor),
      (document.groups[group]?.vat ?? []).map(({ code }) => code).join(' + '),
    ]),
  );
  const taxes = document.taxByRate.map(
    ({ code, percent, country, baseMinor, taxMinor }) =>
      `${code} ${percent} % ${country}: ${amount(taxMinor)} on ${amount(baseMinor)}`,
  );
  const settled = document.settlements.map(
    ({ kind, method, amountMinor }) =>
      `${kind}${method === '' ? '' : ` (${method})`}: ${amount(amountMinor)}`,
  );
  const postings = document.postings.map(
    ({ books, state, reference, reason }) => `${books}: ${state} ${reference ?? reason}`,
  );
  const totals = `net ${amount(document.netMinor)}, tax ${amount(document.taxMinor)}, gross ${amount(document.grossMinor)} ${currency}${document.estimated ? ' (estimate)' : ''}`;
  const tail = [...taxes, totals, ...settled, ...postings, ...document.notes].map(printable);
  return `${head.join('\n')}\n\n${lines}\n${tail.join('\n')}\n`;
}
