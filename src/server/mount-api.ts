import express, {
  type Express,
  type NextFunction,
  type Request,
  type RequestHandler,
  type Response,
} from 'express';
import { ipKeyGenerator, rateLimit } from 'express-rate-limit';
import type { Access } from '../access/access.js';
import type { Principal } from '../access/principal.js';
import { may } from '../access/roles.js';
import { askedOf } from './asked.js';
import { tagged } from './etag.js';
import { Problem, problemReply } from './problem.js';
import type { Route } from './route.js';
import { send } from './send.js';

export interface ApiOptions {
  readonly access: Pick<Access, 'byToken'>;
  readonly routes: readonly Route[];
  /** What is our fault goes here, without the query. */
  readonly onError: (error: unknown, path: string) => void;
  /** Requests of one principal in a minute; 600 unless told. */
  readonly requestsAMinute?: number;
  /** Wrong tokens of one address in five minutes; 20 unless told. */
  readonly wrongTokens?: number;
}

const PREFIX = '/api';
/** The largest body that an action takes is a few lines. */
const LARGEST_BODY = '64kb';
const REQUESTS_A_MINUTE = 600;
const WRONG_TOKENS = 20;

/**
 * Mounts routes for programs: who they are is told by a bearer token in the header and by nothing
 * else, so that no browser can be made to send it. Every error is answered as RFC 9457 says.
 */
export function mountApi(app: Express, options: ApiOptions): void {
  const principals = new WeakMap<Request, Principal>();
  const open = options.routes.filter(({ needs }) => needs === null);
  const guarded = options.routes.filter(({ needs }) => needs !== null);
  for (const route of open) mountRoute(app, route, principals);
  app.use(PREFIX, ...authenticated(options, principals));
  for (const route of guarded) mountRoute(app, route, principals);
  for (const [path, methods] of methodsByPath(options.routes)) {
    app.all(path, () => {
      const detail = `This address takes ${methods.join(', ')}.`;
      throw new Problem(405, detail, { headers: { Allow: methods.join(', ') } });
    });
  }
  app.use(PREFIX, () => {
    throw new Problem(404, 'Nothing is at this address. /api/openapi.json names all that are.');
  });
  app.use(PREFIX, answerProblem(options));
}

function mountRoute(app: Express, route: Route, principals: WeakMap<Request, Principal>): void {
  const json = express.json({ limit: LARGEST_BODY, strict: false, inflate: false });
  const before: RequestHandler[] = [
    (request, _response, next) => {
      permit(route, principals.get(request));
      next();
    },
    ...(route.method === 'GET' ? [] : [onlyJson, json]),
  ];
  const method = route.method.toLowerCase() as Lowercase<typeof route.method>;
  app[method](route.path, ...before, async (request, response) => {
    const principal = principals.get(request);
    const asked = askedOf(request, response, { ...(principal && { principal }), formToken: '' });
    const reply = await route.handle(asked);
    const type = 'mediaType' in reply && reply.mediaType ? reply.mediaType : 'application/json';
    if (request.accepts(type) === false) {
      throw new Problem(406, `This address answers ${type}.`);
    }
    await send(response, route.method === 'GET' ? tagged(asked, reply) : reply, asked.isSecure);
  });
}

function permit({ needs }: Route, principal: Principal | undefined): void {
  if (needs === null) return;
  if (principal === undefined) throw unknown(false);
  if (!may(principal.role, needs)) {
    throw new Problem(403, `The role ${principal.role} may not do this (it needs: ${needs}).`);
  }
}

/** No body at all is fine: most actions need none. */
const onlyJson: RequestHandler = (request, _response, next) => {
  const isEmpty = request.headers['content-length'] === '0';
  if (!isEmpty && request.is('json') === false)
    throw new Problem(415, 'Send a body as application/json.');
  next();
};

function authenticated(
  { access, requestsAMinute, wrongTokens }: ApiOptions,
  principals: WeakMap<Request, Principal>,
): RequestHandler[] {
  const slowGuesses = limiter(5 * 60_000, wrongTokens ?? WRONG_TOKENS, ({ ip }) =>
    ipKeyGenerator(ip ?? ''),
  );
  const slowDown = limiter(
    60_000,
    requestsAMinute ?? REQUESTS_A_MINUTE,
    (request) => principals.get(request)?.name ?? '',
  );
  const identify: RequestHandler = async (request, response, next) => {
    const token = /^Bearer +([\w.~+/=-]+)$/i.exec(request.headers.authorization ?? '')?.[1];
    const principal = token === undefined ? undefined : await access.byToken(token);
    if (principal) {
      principals.set(request, principal);
      next();
    } else if (request.headers.authorization === undefined) {
      next(unknown(false));
    } else {
      await slowGuesses(request, response, (error?: unknown) => next(error ?? unknown(true)));
    }
  };
  return [identify, slowDown];
}

/** RFC 6750. */
function unknown(isWrong: boolean): Problem {
  const challenge = `Bearer realm="orderpark"${isWrong ? ', error="invalid_token"' : ''}`;
  const detail = isWrong
    ? 'This token is unknown, wrong or over.'
    : 'Send a token: `Authorization: Bearer …`.';
  return new Problem(401, detail, { headers: { 'WWW-Authenticate': challenge } });
}

function limiter(windowMs: number, limit: number, keyGenerator: (request: Request) => string) {
  return rateLimit({
    ...{ windowMs, limit, keyGenerator, legacyHeaders: false, validate: false },
    standardHeaders: 'draft-7',
    handler: (_request, _response, next) => next(new Problem(429, 'Wait as Retry-After says.')),
  });
}

function methodsByPath(routes: readonly Route[]): ReadonlyMap<string, readonly string[]> {
  const methods = new Map<string, string[]>();
  for (const { path, method } of routes) {
    const own = method === 'GET' ? ['GET', 'HEAD'] : [method];
    methods.set(path, [...(methods.get(path) ?? []), ...own]);
  }
  return methods;
}

/** Four arguments mark it as of errors. */
function answerProblem({ onError }: ApiOptions) {
  return async (
    error: unknown,
    request: Request,
    response: Response,
    next: NextFunction,
  ): Promise<void> => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const problem = problemOf(error);
    if (problem.status === 500) onError(error, request.originalUrl.split('?')[0] ?? '');
    await send(response, problemReply(problem), request.secure);
  };
}

/** What express says of a request that it could not read; else the fault is ours. */
function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  const status = error instanceof Error && 'status' in error ? error.status : undefined;
  if (status === 413) return new Problem(413, `A body may have ${LARGEST_BODY}.`);
  if (status === 415) return new Problem(415, 'Send a body as application/json in plain UTF-8.');
  if (typeof status === 'number' && status >= 400 && status < 500) {
    return new Problem(400, 'This request cannot be read.');
  }
  return new Problem(500, 'It was logged; ask whoever operates this.');
}
