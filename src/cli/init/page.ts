import { randomBytes } from 'node:crypto';
import { connectShop } from '../../app.js';
import { createSetupPages } from '../../pages/routes/setup.js';
import type { PendingKey, PendingState, SetupDeps } from '../../pages/setup/deps.js';
import { systemClock } from '../../runtime/clock.js';
import { createLogger } from '../../runtime/logger.js';
import { whenAborted } from '../../runtime/stopping.js';
import { ListenError } from '../../server/listen-error.js';
import { mountPages } from '../../server/mount-pages.js';
import { createOneReader, ONE_READER_COOKIE } from '../../server/one-reader.js';
import { startServer } from '../../server/server.js';
import { writeFiles } from '../../setup/files.js';
import { findShop } from '../../setup/find-shop.js';
import { codeOf, findAll } from '../commands/check.js';
import { type CliContext, CommandError } from '../context.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import { type Authorisation, beginAuthorisation, NoKeyError } from './authorise.js';
import { nextSteps } from './finish.js';
import { chooseId } from './flow.js';
import type { InitOptions } from './options.js';
import { registerQuietly } from './register.js';
import { openSession, type Session } from './session.js';
import { mayReplace, nameFor } from './write.js';

/** The last answers are let through. */
const GRACE_MS = 2000;

/**
 * `init` as a page for one person on this machine: serves the steps until they are through, or until
 * the command is stopped. Throws CommandError and ListenError.
 */
export async function runInitPage(context: CliContext, options: InitOptions): Promise<ExitCode> {
  refuseWhatThePageAsks(options);
  const session = openSession(context, options);
  const replace = await mayReplace(session, [session.path]);
  const ended = new AbortController();
  const result: Result = { code: EXIT.incomplete, files: [] };
  const deps = depsFor(session, await chooseId(session), replace, ended, result);
  const pages = createSetupPages(deps);
  const reader = createOneReader({ name: 'init', role: 'admin' }, randomBytes);
  const server = await serve(context, options, (app) => {
    reader.mount(app);
    const { routes, refusal } = pages;
    const { access } = reader;
    mountPages(app, { access, routes, refusal, loginPath: '/', cookieName: ONE_READER_COOKIE });
  });
  try {
    context.terminal.err(
      `Open this address in a browser on this machine; it works once:\n\n  ${server.url}${reader.path}\n\nCtrl-C ends it.\n`,
    );
    await whenAborted(AbortSignal.any([ended.signal, context.signal]));
  } finally {
    await pages.close();
    await server.stop(GRACE_MS);
  }
  return tell(session, result, ended.signal.aborted);
}

/** What the pages did, by the time they end. */
interface Result {
  code: ExitCode;
  files: readonly string[];
}

/** Options that give secrets, or say how a terminal is to be asked. */
const NOT_WITH_PAGE = [
  ...(['keyFile', 'secretFile', 'env', 'callbackUrl', 'smtpFile', 'yes', 'json'] as const),
];

function refuseWhatThePageAsks(options: InitOptions): void {
  const name = NOT_WITH_PAGE.find((each) => options[each] !== undefined);
  if (name === undefined) return;
  const option = `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
  throw new CommandError(
    EXIT.usage,
    `${option} does not go together with --page, which asks for that itself.`,
    'Leave one of them out.',
  );
}

async function serve(
  { terminal }: CliContext,
  { page }: InitOptions,
  mount: Parameters<typeof startServer>[0]['mount'],
) {
  const write = (line: string) => terminal.err(line);
  const logger = createLogger({ level: 'error', format: 'plain', write });
  const port = page === true || page === undefined ? 0 : page;
  try {
    return await startServer({ host: '127.0.0.1', port, trustProxy: 0, logger, mount });
  } catch (error) {
    if (!(error instanceof ListenError)) throw error;
    const fix = 'Choose another port after --page, or none, for one that is free.';
    throw new CommandError(EXIT.failed, error.message, fix);
  }
}

function depsFor(
  session: Session,
  shop: string,
  replace: boolean,
  ended: AbortController,
  result: Result,
): SetupDeps {
  const { context, options, path, folder } = session;
  const { host, port } = options;
  const clock = context.overrides?.clock ?? systemClock;
  const server = {
    ...(host === undefined ? {} : { host }),
    ...(port === undefined ? {} : { port }),
  };
  return {
    ...{ path, folder, fixed: { shop, server }, given: givenBy(options), mayReplace: replace },
    ...{ env: context.env, nowMs: () => clock.now(), signal: context.signal },
    nameFor: (file) => nameFor(session, file),
    find: (url, allowPlainHttp, signal) => findShop(url, { shop, allowPlainHttp, clock, signal }),
    connect: (url, allowPlainHttp, { key, secret }) =>
      connectShop(
        {
          ...{ id: shop, url, allowPlainHttp, timeoutSeconds: 60, concurrency: 1 },
          ...{ consumerKey: key.value, consumerSecret: secret.value },
        },
        context.overrides,
      ),
    async askForKey(wish) {
      const listen = { host: host ?? '127.0.0.1', port: port ?? 8080 };
      return pendingKey(await beginAuthorisation(context, { ...wish, ...listen }));
    },
    write(files) {
      writeFiles(files, replace);
      result.files = files.map((file) => nameFor(session, file.path));
    },
    async check() {
      const findings = await findAll(context, { config: path, json: true });
      result.code = codeOf(findings);
      return findings;
    },
    async register() {
      const { code, text } = await registerQuietly(context, shop, { config: path });
      if (result.code === EXIT.done) result.code = code;
      return text;
    },
    end: () => ended.abort(),
  };
}

/** What is given with the command stands in the forms. */
function givenBy(options: InitOptions): Readonly<Record<string, string>> {
  const { url, webhookUrl, allowPlainHttp, webhook, since, timezone } = options;
  const { sellerName, country, vatNumber, books, flavour, mailFrom, mailTo } = options;
  const given = {
    ...{ url, since, timezone, sellerName, country, vatNumber, books, flavour, mailFrom, mailTo },
    ownUrl: webhookUrl,
    allowPlainHttp: allowPlainHttp ? 'on' : undefined,
    webhook: webhook ? undefined : 'off',
  };
  return Object.fromEntries(
    Object.entries(given).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

function pendingKey({ page, listensAt, grant, end }: Authorisation): PendingKey {
  let state: PendingState = { kind: 'waiting' };
  grant.then(
    (granted) => {
      state = { kind: 'granted', grant: granted };
    },
    (error: unknown) => {
      state = { kind: error instanceof NoKeyError ? error.kind : 'denied' };
    },
  );
  return { page, listensAt, state: () => state, end };
}

function tell(session: Session, { code, files }: Result, isThrough: boolean): ExitCode {
  const { context, path } = session;
  if (files.length === 0) throw new CommandError(EXIT.incomplete, 'Stopped. Nothing was written.');
  context.terminal.out(`Wrote ${files.join(', ')}\n`);
  if (!isThrough) {
    throw new CommandError(EXIT.incomplete, `Stopped. ${nameFor(session, path)} is written.`);
  }
  context.terminal.out(nextSteps(nameFor(session, path)));
  return code;
}
