import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { AxiosRequestConfig, AxiosResponse } from 'axios';
import type { Clock } from '../orders/time.js';
import { deadline } from './deadline.js';
import { networkError } from './network-error.js';
import { ShopError } from './shop-error.js';

/** What sends requests, loaded at the first: it is a tenth of what a command that asks no shop would load. */
async function loadLibraries() {
  const [{ default: pkg }, { default: axios }] = await Promise.all([
    import('@woocommerce/woocommerce-rest-api'),
    import('axios'),
  ]);
  // Node hands the CommonJS module on whole, with the class as its `default`; loaders that follow
  // `__esModule` (tsx, vitest) have unwrapped it already.
  const WooCommerceRestApi = 'default' in pkg ? pkg.default : pkg;
  return { axios, WooCommerceRestApi };
}
type Libraries = Awaited<ReturnType<typeof loadLibraries>>;

export type Parameters = Readonly<Record<string, string>>;

/** How the key travels over https. Over plain http it is always OAuth 1.0a. */
export type Auth = 'basic' | 'query';

export interface TransportOptions {
  readonly shop: string;
  readonly url: string;
  readonly consumerKey: string;
  readonly consumerSecret: string;
  readonly timeoutMs: number;
  readonly maxBytes: number;
  readonly concurrency: number;
  readonly clock: Clock;
}

interface Call {
  /** Below `/wp-json/wc/v3/`. */
  readonly path: string;
  readonly parameters: Parameters;
  readonly auth: Auth;
  readonly fresh: boolean;
  readonly signal: AbortSignal | undefined;
}

/** A request that changes something in the shop: only webhooks are ever written. */
export interface Change {
  readonly method: 'post' | 'put' | 'delete';
  /** Below `/wp-json/wc/v3/`. */
  readonly path: string;
  readonly parameters?: Parameters;
  readonly body?: Readonly<Record<string, string>>;
}

interface WriteCall extends Change {
  readonly auth: Auth;
  readonly signal: AbortSignal | undefined;
}

/** What arrived, not judged yet: any status, the body as raw text. */
export interface Answer {
  readonly status: number;
  /** A header by its name in lower case. */
  header(name: string): string | undefined;
  readonly text: string;
  /** Our clock when the request was started. */
  readonly startedAtMs: number;
  readonly endedAtMs: number;
}

export interface Transport {
  get(call: Call): Promise<Answer>;
  write(call: WriteCall): Promise<Answer>;
  /** WordPress's own index at `/wp-json/`, which needs no key and gets none. */
  getSiteIndex(parameters: Parameters, signal: AbortSignal | undefined): Promise<Answer>;
}

type SendOptions = Omit<TransportOptions, 'url' | 'consumerKey' | 'consumerSecret'>;
type Request = (libraries: Libraries, config: AxiosRequestConfig) => Promise<AxiosResponse>;

/** Sends within the time and size allowed; `url` is named where it fails. */
function createSend(options: SendOptions) {
  const base = baseConfig(options);
  return async (url: string, signal: AbortSignal | undefined, request: Request) => {
    const libraries = await loadLibraries();
    const limit = deadline(signal, options.timeoutMs);
    const startedAtMs = options.clock.now();
    try {
      const response = await request(libraries, { ...base, signal: limit.signal });
      return answerOf(response, startedAtMs, options.clock.now());
    } catch (error) {
      // The axios error holds key and secret: it ends here, and is nobody's `cause` (rule 11).
      throw networkError({ ...options, url }, error, limit.state());
    } finally {
      limit.clear();
    }
  };
}

/** Reads a page that needs no key and gets none. A redirect is answered, not followed. */
export type OpenPage = (url: string, signal: AbortSignal | undefined) => Promise<Answer>;

/** Pages of a site of which nothing is known yet; throws a ShopError and nothing else. */
export function createOpenPage(options: SendOptions): OpenPage {
  const send = createSend(options);
  return (url, signal) =>
    send(url, signal, ({ axios }, config) =>
      axios.get(url, { ...config, headers: { Accept: '*/*' } }),
    );
}

/** One HTTP request at a time through the WooCommerce package; throws a ShopError and nothing else. */
export function createTransport(options: TransportOptions): Transport {
  const sendTo = createSend(options);
  const send = (signal: AbortSignal | undefined, request: Request) =>
    sendTo(options.url, signal, request);

  return {
    get: (call) =>
      send(call.signal, (libraries, config) => {
        const fresh = call.fresh ? { ...config, transformRequest: [askPastCaches] } : config;
        return apiFor(libraries, options, call.auth, fresh).get(call.path, call.parameters);
      }),
    write: (call) =>
      send(call.signal, (libraries, config) => {
        const api = apiFor(libraries, options, call.auth, config);
        const { path, body, parameters = {} } = call;
        return call.method === 'delete'
          ? api.delete(path, parameters)
          : api[call.method](path, body, parameters);
      }),
    // The package always puts `wc/v3` and the key into a request, so this one goes without it.
    getSiteIndex: (params, signal) =>
      send(signal, ({ axios }, config) =>
        axios.get(`${options.url.replace(/\/+$/, '')}/wp-json/`, {
          ...config,
          params,
          headers: { Accept: 'application/json' },
        }),
      ),
  };
}

/** A new one a request, since the package knows no per-request settings, and the signal is one. */
function apiFor(
  { WooCommerceRestApi }: Libraries,
  options: TransportOptions,
  auth: Auth,
  axiosConfig: object,
) {
  return new WooCommerceRestApi({
    url: options.url,
    consumerKey: options.consumerKey,
    consumerSecret: options.consumerSecret,
    version: 'wc/v3',
    queryStringAuth: auth === 'query',
    axiosConfig,
  });
}

function baseConfig(options: SendOptions): AxiosRequestConfig {
  const agent = { keepAlive: true, maxSockets: options.concurrency };
  return {
    httpAgent: new HttpAgent(agent),
    httpsAgent: new HttpsAgent(agent),
    // Left to itself axios hands a body that is no JSON on as a string, as if all were well.
    responseType: 'text',
    transformResponse: [(body: unknown) => body],
    validateStatus: () => true,
    maxRedirects: 0,
    maxContentLength: options.maxBytes,
  };
}

/** Headers in `axiosConfig` would replace the package's own; a transform may add to them. */
const askPastCaches: NonNullable<AxiosRequestConfig['transformRequest']> = (data, headers) => {
  headers.set('Cache-Control', 'no-cache');
  headers.set('Pragma', 'no-cache');
  return data;
};

function answerOf(response: AxiosResponse, startedAtMs: number, endedAtMs: number): Answer {
  const headers = new Map(
    Object.entries(response.headers).map(([name, value]) => [name.toLowerCase(), String(value)]),
  );
  return {
    status: response.status,
    header: (name) => headers.get(name),
    text: typeof response.data === 'string' ? response.data : '',
    startedAtMs,
    endedAtMs,
  };
}

/** What is wrong with the address itself; undefined where it can be asked. */
export function addressError(
  shop: string,
  address: string,
  allowPlainHttp: boolean,
): ShopError | undefined {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) {
    return new ShopError(
      shop,
      'config',
      "the shop's url is no web address",
      'Write it as https://shop.example.com in the config.',
    );
  }
  if (url.protocol === 'https:' || allowPlainHttp || isLoopback(url.hostname)) return undefined;
  return new ShopError(
    shop,
    'config',
    `${url.origin} is plain http: orders would travel unencrypted`,
    'Use the https address, or set allowPlainHttp for this shop if the network is your own.',
  );
}

function isLoopback(hostname: string): boolean {
  return /^(localhost|.*\.localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
}
