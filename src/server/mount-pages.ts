import express, { type Express, type Request, type RequestHandler, type Response } from 'express';
import { rateLimit } from 'express-rate-limit';
import type { Access } from '../access/access.js';
import { may } from '../access/roles.js';
import { formTokenOf, isFormToken } from '../access/sessions.js';
import { askedOf, cookiesIn } from './asked.js';
import { multipartForms } from './multipart.js';
import type { Asked, Reply, Route } from './route.js';
import { send } from './send.js';

export interface PagesOptions {
  readonly access: Pick<Access, 'bySession'>;
  readonly routes: readonly Route[];
  /** Where one logs in; others are sent there, and back afterwards. */
  readonly loginPath: string;
  /** A page that says why not. */
  readonly refusal: (asked: Asked, status: 403 | 404 | 413 | 429) => Reply;
  /** In which browsers keep their session; `SESSION_COOKIE` unless told. */
  readonly cookieName?: string;
}

export const SESSION_COOKIE = 'orderpark';
/** Of a form that changes something: what no other site can send along. */
export const FORM_TOKEN_FIELD = '_token';

/** A pasted config is the largest thing that a form holds. */
const LARGEST_FORM = '1mb';
/** Wrong passwords and tokens of one address in five minutes. */
const LOGINS_TRIED = 10;

/**
 * Mounts routes for people: who they are is told by the cookie of their session, and a form that
 * changes something must come from a page of that very session.
 */
export function mountPages(app: Express, options: PagesOptions): void {
  const { routes, loginPath } = options;
  const urlencoded = express.text({
    type: 'application/x-www-form-urlencoded',
    limit: LARGEST_FORM,
  });
  const form = [urlencoded, ...multipartForms(LARGEST_FORM)];
  for (const route of routes) {
    const isLogin = route.path === loginPath && route.method === 'POST';
    const before = [
      ...(isLogin ? [slowDown(options)] : []),
      ...(route.method === 'GET' ? [] : form),
    ];
    app[method(route)](route.path, ...before, handlerOf(route, options));
  }
}

function method({ method: name }: Route): 'get' | 'post' | 'put' | 'patch' | 'delete' {
  return name.toLowerCase() as Lowercase<typeof name>;
}

function handlerOf(route: Route, options: PagesOptions): RequestHandler {
  const { access, refusal, cookieName = SESSION_COOKIE } = options;
  return async (request, response) => {
    const cookie = cookiesIn(request.headers.cookie ?? '').get(cookieName) ?? '';
    const principal = await access.bySession(cookie);
    const formToken = principal === undefined ? '' : formTokenOf(cookie);
    const asked = askedOf(request, response, { ...(principal && { principal }), formToken });
    const reply = async (): Promise<Reply> => {
      if (route.needs !== null && principal === undefined) return toLogin(asked, options);
      if (route.needs !== null && principal && !may(principal.role, route.needs)) {
        return refusal(asked, 403);
      }
      if (!isFromUs(route, asked, cookie)) return refusal(asked, 403);
      return route.handle(asked);
    };
    await send(response, await reply(), asked.isSecure);
  };
}

/**
 * Rule against forged requests: the browser says that the request is of this site where it says
 * anything (`Sec-Fetch-Site`), and the form carries the token of its session where there is one.
 */
function isFromUs(route: Route, asked: Asked, cookie: string): boolean {
  if (route.method === 'GET') return true;
  const site = asked.header('sec-fetch-site');
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false;
  if (asked.principal === undefined) return true; // logging in
  return isFormToken(asked.form.get(FORM_TOKEN_FIELD) ?? '', cookie);
}

function toLogin(asked: Asked, { loginPath }: PagesOptions): Reply {
  const query = asked.query.toString();
  const back = `${asked.path}${query === '' ? '' : `?${query}`}`;
  return { kind: 'redirect', to: `${loginPath}?to=${encodeURIComponent(back)}` };
}

function slowDown({ refusal }: PagesOptions): RequestHandler {
  return rateLimit({
    windowMs: 5 * 60_000,
    limit: LOGINS_TRIED,
    skipSuccessfulRequests: true,
    standardHeaders: true,
    legacyHeaders: false,
    validate: false,
    handler: async (request: Request, response: Response) => {
      const asked = askedOf(request, response, { formToken: '' });
      await send(response, { ...refusal(asked, 429), status: 429 }, asked.isSecure);
    },
  });
}
