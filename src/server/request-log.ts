import type { Express } from 'express';
import { pinoHttp } from 'pino-http';
import type { Logger } from '../runtime/logger.js';

/**
 * Logs each request at `debug`: method, path, address, status and time, and no header or body. Of a
 * query only the names are logged, since its values may be keys (`?licensekey=…`). Goes before all
 * routes; at other levels it is not mounted, so that it costs nothing.
 */
export function mountRequestLog(
  app: Express,
  { logger, level }: { readonly logger: Logger; readonly level: string },
): void {
  if (level !== 'debug' && level !== 'trace') return;
  const forward = {
    write(json: string) {
      const { msg, level: _, ...fields } = JSON.parse(json);
      logger.debug(fields, String(msg));
    },
  };
  const log = pinoHttp(
    {
      level: 'debug',
      useLevel: 'debug',
      base: null,
      timestamp: false,
      wrapSerializers: false,
      serializers: {
        req: (request: Asked) => ({
          method: request.method,
          url: withoutValues(request.originalUrl ?? request.url ?? ''),
          from: request.socket?.remoteAddress,
        }),
        res: (response: { statusCode?: number }) => ({ status: response.statusCode }),
        err: () => undefined,
      },
      customSuccessMessage: () => 'request',
      customErrorMessage: () => 'request',
    },
    forward,
  );
  app.use((request, response, next) => log(request, response, next));
}

interface Asked {
  readonly method?: string;
  readonly url?: string;
  readonly originalUrl?: string;
  readonly socket?: { readonly remoteAddress?: string };
}

const LONGEST = 300;

/** `/path?a=1&b` as `/path?a=…&…`: what has no value may be one itself. */
export function withoutValues(url: string): string {
  const [path = '', ...query] = url.split('?');
  if (query.length === 0) return path.slice(0, LONGEST);
  const names = query
    .join('?')
    .split('&')
    .map((pair) => (pair.includes('=') ? `${pair.split('=')[0]}=…` : '…'));
  return `${path}?${names.join('&')}`.slice(0, LONGEST);
}
