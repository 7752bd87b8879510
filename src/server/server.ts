import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, {
  type Express,
  type NextFunction,
  type Request,
  type RequestHandler,
  type Response,
} from 'express';
import helmet from 'helmet';
import type { Logger } from '../runtime/logger.js';
import { ListenError } from './listen-error.js';

export interface ServerOptions {
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  /** Proxies before us whose `X-Forwarded-For` is believed: their number, or their addresses. */
  readonly trustProxy: number | readonly string[];
  readonly logger: Logger;
  /** Beginnings of paths to which programs post: no browser shows those answers. */
  readonly postedByPrograms?: readonly string[];
  /** Puts the routes on the application. */
  readonly mount: (app: Express) => void;
}

export interface RunningServer {
  readonly url: string;
  /** Takes no new connection; those under way are answered, the rest closed after `graceMs`. */
  stop(graceMs: number): Promise<void>;
}

/** The web server: only process concerns here; what it serves is mounted. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('trust proxy', options.trustProxy);
  app.use(securityHeaders(options.postedByPrograms ?? []));
  options.mount(app);
  app.use((_request, response) => {
    response.status(404).type('text').send('Nothing is here.\n');
  });
  app.use(lastResort(options.logger));
  const server = createServer({ requestTimeout: 30_000, headersTimeout: 10_000 }, app);
  await listen(server, options);
  const url = `http://${urlHost(options.host)}:${portOf(server)}`;
  options.logger.info({ url }, 'the server listens');
  return { url, stop: (graceMs) => stop(server, graceMs) };
}

/**
 * A dozen headers for browsers; left out where they would cost the most and help nobody: a POST to
 * these paths is answered with a fixed line of plain text, which holds nothing of the request.
 */
function securityHeaders(postedByPrograms: readonly string[]): RequestHandler {
  const secure = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'"],
        connectSrc: ["'self'"],
        formAction: ["'self'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
      },
    },
    // Said where it is known to be true: by the proxy that speaks https.
    strictTransportSecurity: false,
    referrerPolicy: { policy: 'same-origin' },
  });
  return (request, response, next) => {
    const isByProgram =
      request.method === 'POST' && postedByPrograms.some((path) => request.url.startsWith(path));
    if (isByProgram) next();
    else secure(request, response, next);
  };
}

/** Instead of express' own answer, which shows the stack. Four arguments mark it as of errors. */
function lastResort(logger: Logger) {
  return (error: unknown, request: Request, response: Response, next: NextFunction): void => {
    // An answer that is under way can only be broken off.
    if (response.headersSent) {
      next(error);
      return;
    }
    const status = statusOf(error);
    // Without the query, which may carry a key.
    if (status >= 500) logger.error({ err: error, path: request.path }, 'a request failed');
    const text = status >= 500 ? 'Something went wrong.' : 'This request cannot be read.';
    response.status(status).type('text').send(`${text}\n`);
  };
}

/** What express says of a request that it could not read; else the fault is ours. */
function statusOf(error: unknown): number {
  if (typeof error !== 'object' || error === null || !('status' in error)) return 500;
  const { status } = error;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : 500;
}

function listen(server: Server, { host, port }: ServerOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    const failed = (error: NodeJS.ErrnoException) => reject(listenError(error, `${host}:${port}`));
    server.once('error', failed);
    server.listen({ host, port }, () => {
      server.off('error', failed);
      resolve();
    });
  });
}

const LISTEN_FIXES: Readonly<Record<string, string>> = {
  EADDRINUSE:
    'Another program listens there. Choose another `server.port`, or switch the server off with `server: { enabled: false }`.',
  EACCES: 'This port needs rights that orderpark should not have: choose one from 1024 on.',
  EADDRNOTAVAIL: 'This machine does not have that address: correct `server.host`.',
};

function listenError({ code = '', message }: NodeJS.ErrnoException, address: string): ListenError {
  const fix = LISTEN_FIXES[code] ?? 'Correct `server.host` and `server.port`.';
  return new ListenError(`The server cannot listen on ${address} (${code || message}).`, fix);
}

function stop(server: Server, graceMs: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => server.closeAllConnections(), graceMs);
    server.close(() => {
      clearTimeout(timer);
      resolve();
    });
    server.closeIdleConnections();
  });
}

function portOf(server: Server): number {
  const address: AddressInfo | string | null = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

function urlHost(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}
