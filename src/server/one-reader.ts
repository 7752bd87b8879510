import type { Express, Request, Response } from 'express';
import type { Access } from '../access/access.js';
import type { Principal } from '../access/principal.js';
import { isSameSecret } from '../runtime/same-secret.js';
import { cookiesIn } from './asked.js';

/** Pages for one person at one browser of this machine, who was told their address in a terminal. */
export interface OneReader {
  /** Opens the pages, once; then the browser has its cookie. */
  readonly path: string;
  readonly access: Pick<Access, 'bySession'>;
  /** Before all routes: whoever has not opened the pages is told nothing. */
  mount(app: Express): void;
}

/** Not the one of `mountPages`, which the same browser may hold for a server on another port. */
export const ONE_READER_COOKIE = 'orderpark-setup';

const OPEN_PATH = '/begin';
const SECRET_BYTES = 32;

export function createOneReader(
  principal: Principal,
  randomBytes: (count: number) => Buffer,
): OneReader {
  const secret = () => randomBytes(SECRET_BYTES).toString('base64url');
  const token = secret();
  const cookie = secret();
  let isOpened = false;
  const isReader = (given: string | undefined) =>
    isOpened && given !== undefined && isSameSecret(given, cookie);

  const isOpener = ({ method, originalUrl }: Request) => {
    const { pathname, searchParams } = new URL(originalUrl, 'http://localhost');
    const given = searchParams.get('token');
    const isOpening = method === 'GET' && pathname === OPEN_PATH && given !== null;
    return isOpening && !isOpened && isSameSecret(given, token);
  };

  return {
    path: `${OPEN_PATH}?token=${token}`,
    access: {
      bySession: async (given) => (isReader(given) ? principal : undefined),
    },
    mount(app) {
      app.use((request, response, next) => {
        const isKnown = isReader(cookiesIn(request.headers.cookie ?? '').get(ONE_READER_COOKIE));
        if (!isMeant(request) || !(isKnown || isOpener(request))) {
          refuse(response);
        } else if (request.path === OPEN_PATH) {
          isOpened = true;
          const parts = [`${ONE_READER_COOKIE}=${cookie}`, 'Path=/', 'SameSite=Lax', 'HttpOnly'];
          response.set({ 'Cache-Control': 'no-store', 'Set-Cookie': parts.join('; ') });
          response.redirect(303, '/');
        } else {
          next();
        }
      });
    },
  };
}

/** A page elsewhere can have its own host's name lead here. */
function isMeant({ headers }: Request): boolean {
  return /^(localhost|127\.0\.0\.1)(:\d+)?$/i.test(headers.host ?? '');
}

function refuse(response: Response): void {
  response.status(403).type('text').set('Cache-Control', 'no-store');
  response.send('Open the address that orderpark printed in the terminal. It works once.\n');
}
