import { codeOf, findAll } from '../commands/check.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import type { InitJson } from '../init-shape.js';
import { printJson } from '../output.js';
import { offerRegistration } from './register.js';
import type { Session } from './session.js';
import { nameFor, type Prepared } from './write.js';

/** What comes once the files are there: the check, the webhooks, and what to do next. */
export async function finish(session: Session, prepared: Prepared): Promise<ExitCode> {
  const { context, options, path } = session;
  const { files, choices } = prepared;
  const names = files.map((file) => nameFor(session, file.path));
  if (!options.json) context.terminal.out(`Wrote ${names.join(', ')}\n\n`);
  const findings = await findAll(context, { config: path, json: options.json === true });
  const webhooks = choices.webhook?.register
    ? await offerRegistration(session, choices.shop)
    : { code: EXIT.done, json: null };
  if (options.json) {
    printJson(context, jsonOf(session, prepared, findings, webhooks.json));
  } else {
    context.terminal.out(nextSteps(nameFor(session, path)));
  }
  const code = codeOf(findings);
  return code === EXIT.done ? webhooks.code : code;
}

export function nextSteps(file: string): string {
  const named = file === 'orderpark.yaml' ? '' : ` -c ${file}`;
  return [
    '',
    `Look through ${file} now: "seen:" marks what was worked out from the shop. Then:`,
    `  npx orderpark check${named}      until no line says error`,
    `  npx orderpark poll${named}       reads the shop; nothing is booked yet`,
    `  npx orderpark documents list${named}`,
    `  npx orderpark run${named}        does it all by its schedule`,
    '',
  ].join('\n');
}

function jsonOf(
  session: Session,
  { survey, choices, files }: Prepared,
  findings: InitJson['findings'],
  webhooks: unknown,
): InitJson {
  const { about, orders, gaps } = survey;
  return {
    config: session.path,
    files: files.map(({ path }) => path),
    shop: {
      id: choices.shop,
      url: choices.url,
      name: about.name ?? null,
      wooCommerceVersion: about.wooCommerceVersion ?? null,
      currency: about.currency ?? null,
      timezone: about.timezone ?? null,
      orderStorage: about.orderStorage ?? null,
      statuses: about.statuses,
      ordersLookedAt: orders.length,
    },
    gaps,
    findings,
    webhooks,
  };
}
