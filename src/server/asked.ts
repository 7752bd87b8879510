import type { Request, Response } from 'express';
import type { Asked } from './route.js';

/** What a route is told of a request of express. */
export function askedOf(
  request: Request,
  response: Response,
  who: Pick<Asked, 'principal' | 'formToken'>,
): Asked {
  const cookies = cookiesIn(request.headers.cookie ?? '');
  const gone = new AbortController();
  response.on('close', () => gone.abort());
  return {
    ...who,
    method: request.method,
    path: request.path,
    params: paramsOf(request),
    query: new URL(request.originalUrl, 'http://localhost').searchParams,
    form: formOf(request.body, request.is('application/x-www-form-urlencoded') !== false),
    json: request.is('json') === false ? undefined : request.body,
    header: (name) => request.get(name),
    cookie: (name) => cookies.get(name),
    address: request.ip ?? '',
    isSecure: request.secure,
    signal: gone.signal,
  };
}

function paramsOf({ params }: Request): Record<string, string> {
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join('/') : String(value),
    ]),
  );
}

/** express.text leaves a form as it came; one with files has been read. */
function formOf(body: unknown, isForm: boolean): URLSearchParams {
  if (body instanceof URLSearchParams) return body;
  return new URLSearchParams(isForm && typeof body === 'string' ? body : '');
}

export function cookiesIn(header: string): ReadonlyMap<string, string> {
  return new Map(
    header.split(';').flatMap((pair): [string, string][] => {
      const at = pair.indexOf('=');
      return at < 0 ? [] : [[pair.slice(0, at).trim(), pair.slice(at + 1).trim()]];
    }),
  );
}
