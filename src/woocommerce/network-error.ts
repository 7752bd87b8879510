import type { DeadlineState } from './deadline.js';
import { ShopError, type ShopErrorKind } from './shop-error.js';

interface Asked {
  readonly shop: string;
  readonly url: string;
  readonly timeoutMs: number;
  readonly maxBytes: number;
}

/** A request that brought no answer, named by what must happen next. Nothing of `error` but its code is kept. */
export function networkError(asked: Asked, error: unknown, state: DeadlineState): ShopError {
  const { shop } = asked;
  if (state === 'aborted') return abortedError(shop);
  if (state === 'expired') {
    return new ShopError(
      shop,
      'wait',
      `the shop did not answer within ${asked.timeoutMs} ms`,
      'If this repeats, the shop is slow or overloaded: ask its host.',
      { code: 'ETIMEDOUT' },
    );
  }
  if (isTooLarge(error)) {
    return new ShopError(
      shop,
      'spoiled',
      `the answer is larger than ${asked.maxBytes} bytes`,
      'Look for a plugin that stores very large meta data with orders.',
    );
  }
  const code = codeOf(error);
  const { kind, problem, fix } = describe(code);
  return new ShopError(shop, kind, `${problem} (${hostOf(asked.url)}, ${code})`, fix, { code });
}

export function abortedError(shop: string): ShopError {
  return new ShopError(shop, 'aborted', 'stopped waiting for the shop', 'Nothing to do.');
}

interface Problem {
  readonly kind: ShopErrorKind;
  readonly problem: string;
  readonly fix: string;
}

const CERTIFICATE = /^(CERT_|ERR_TLS_CERT|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|HOSTNAME_MISMATCH)/;
const DECOMPRESSION = /^(Z_|ERR__ERROR_FORMAT|ERR_BROTLI|ERR_PADDING)/;
const NOT_TLS = /^(ERR_SSL_|EPROTO$)/;

function describe(code: string): Problem {
  if (CERTIFICATE.test(code)) {
    return {
      kind: 'config',
      problem: "the shop's TLS certificate is not valid",
      fix: "Renew the shop's certificate, with its intermediate certificates, for this host name.",
    };
  }
  if (NOT_TLS.test(code)) {
    return {
      kind: 'config',
      problem: 'no TLS connection to the shop',
      fix: 'Check that the url in the config names a host and port that speak https.',
    };
  }
  if (DECOMPRESSION.test(code)) {
    return {
      kind: 'garbled',
      problem: "the answer's compression is broken",
      fix: 'Look for a plugin or proxy that compresses twice or cuts answers off.',
    };
  }
  if (code === 'ENOTFOUND') {
    return {
      kind: 'config',
      problem: 'the host name is not known',
      fix: "Check the url in the config, and this machine's name servers.",
    };
  }
  return {
    kind: 'wait',
    problem: 'no connection to the shop, or it broke off',
    fix: 'If this repeats, check that the shop is up and that no firewall is in between.',
  };
}

function codeOf(error: unknown): string {
  const code = property(error, 'code') ?? property(property(error, 'cause'), 'code');
  return typeof code === 'string' && /^[A-Z0-9_]{1,60}$/.test(code) ? code : 'unknown';
}

/** axios gives this one no code of its own. */
function isTooLarge(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith('maxContentLength');
}

function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

function hostOf(url: string): string {
  return new URL(url).host;
}
