import express, {
  type Express,
  type NextFunction,
  type Request,
  type RequestHandler,
  type Response,
} from 'express';
import { rateLimit } from 'express-rate-limit';
import type { Receipt, Received, Receiver } from './receiver.js';

export interface WebhookRoutesOptions {
  readonly receiver: Receiver;
  /** Counted by shop (empty where none is known) and receipt. */
  readonly onReceived: (shopId: string, receipt: Receipt) => void;
  /** Requests of one address a minute that are not authentic; beyond, they get 429. */
  readonly refusedAMinute?: number;
}

/** WooCommerce's largest orders are well below; a body beyond is refused before it is read. */
const LARGEST_BODY_BYTES = 4 * 1024 * 1024;
const REFUSED_A_MINUTE = 60;

const WOOCOMMERCE = '/webhooks/woocommerce/:shop';
const WEBWINKELFACTUREN = '/api/v1/servlet/woocommerce/webhook.php';

/** How the paths of both begin, to which only shops post. */
export const WEBHOOK_PATHS = ['/webhooks/woocommerce/', WEBWINKELFACTUREN] as const;

/**
 * `POST /webhooks/woocommerce/<shop>`, and the address that shops coming from webwinkelfacturen.nl
 * have configured: `/api/v1/servlet/woocommerce/webhook.php?licensekey=…`.
 */
export function mountWebhooks(app: Express, options: WebhookRoutesOptions): void {
  const { receiver, onReceived, refusedAMinute = REFUSED_A_MINUTE } = options;
  const raw = express.raw({ type: () => true, limit: LARGEST_BODY_BYTES });
  const slowDown = rateLimit({
    windowMs: 60_000,
    limit: refusedAMinute,
    standardHeaders: true,
    legacyHeaders: false,
    message: 'Too many requests that are not authentic.\n',
    // Its warnings go to the console; `server.trustProxy` is the owner's to set.
    validate: false,
  });

  /**
   * What is authentic is always let through, and the others of its address slowed down: behind a
   * proxy, strangers and the shop may well have the same address, and must not lock each other out.
   */
  const take =
    (shopOf: (request: Request) => string | undefined): RequestHandler =>
    async (request, response, next) => {
      const shop = shopOf(request);
      const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      const received =
        shop === undefined
          ? UNKNOWN_KEY
          : await receiver.receive(shop, { headers: request.headers, body });
      onReceived(received.receipt === 'unknown-shop' ? '' : (shop ?? ''), received.receipt);
      if (isAuthentic(received)) {
        answer(response, received);
        return;
      }
      await slowDown(request, response, (error?: unknown) => {
        if (error === undefined) answer(response, received);
        else next(error);
      });
    };

  const byShop = take((request) => String(request.params['shop']));
  const byKey = take(({ query }) => {
    const key = query['licensekey'];
    return typeof key === 'string' ? receiver.shopOfLicense(key) : undefined;
  });
  for (const [path, handler] of [
    [WOOCOMMERCE, byShop],
    [WEBWINKELFACTUREN, byKey],
  ] as const) {
    app.post(path, refuseLarge, raw, handler);
    app.all(path, notAPost);
    app.use(path, (error: HttpError, _request: Request, response: Response, next: NextFunction) => {
      if (error.status === undefined || error.status >= 500) {
        next(error);
        return;
      }
      onReceived('', 'unreadable');
      refuse(response, error.status, 'This body cannot be read.');
    });
  }
}

/** express' own errors on the way in: a body that is too large, cut off, or compressed wrongly. */
interface HttpError {
  readonly status?: number;
}

const UNKNOWN_KEY: Received = {
  answer: { status: 401, text: 'Not accepted: the license key is not known.' },
  receipt: 'unauthentic',
};

function isAuthentic({ receipt }: Received): boolean {
  return receipt === 'nudge' || receipt === 'quarantined' || receipt === 'not-stored';
}

function answer(response: Response, { answer: { status, text } }: Received): void {
  if (status === 503) response.set('Retry-After', '60');
  refuse(response, status, text);
}

function refuse(response: Response, status: number, text: string): void {
  response.status(status).type('text').send(`${text}\n`);
}

/** By what it announces, without reading it. */
function refuseLarge(request: Request, response: Response, next: NextFunction): void {
  if (Number(request.headers['content-length'] ?? 0) <= LARGEST_BODY_BYTES) {
    next();
    return;
  }
  // The rest of the body is not waited for.
  response.set('Connection', 'close');
  next({ status: 413 } satisfies HttpError);
}

/** A person who looks whether the address is right. */
function notAPost(_request: Request, response: Response): void {
  response.set('Allow', 'POST');
  refuse(response, 405, "This address takes a shop's webhooks: only POST requests.");
}
