import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { LookupFunction } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { AddressRefusedError } from '../runtime/address-guard.js';

export interface Post {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Gives the addresses that may be connected to. */
  readonly lookup: LookupFunction;
  /** For all of it, from the look-up of the name to the end of the answer. */
  readonly timeoutMs: number;
}

export type Answer =
  | {
      readonly kind: 'answered';
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      /** Its first four kilobytes. */
      readonly body: string;
    }
  /** Nobody knows whether it arrived. */
  | { readonly kind: 'no-answer'; readonly reason: string }
  | { readonly kind: 'stopped' };

const MOST_BODY_BYTES = 4096;
const MOST_HEADER_CHARACTERS = 500;
/** Those that help to understand an answer. */
const KEPT_HEADERS = ['content-type', 'date', 'location', 'retry-after', 'server'] as const;

/**
 * Posts over a connection of its own, so that each passes the guard's `lookup`; follows no redirect.
 * An answer counts from its head on: what comes after the first kilobytes, or too late, is left.
 */
export async function post(post: Post, signal: AbortSignal): Promise<Answer> {
  const controller = new AbortController();
  const stop = () => controller.abort();
  const ended = new AbortController();
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  // Not AbortSignal.timeout(), whose timer would outlive the request.
  delay(post.timeoutMs, undefined, { signal: ended.signal }).then(stop, () => undefined);
  try {
    return await send(post, controller.signal);
  } catch (error) {
    if (signal.aborted) return { kind: 'stopped' };
    const reason = controller.signal.aborted
      ? `there was no answer within ${post.timeoutMs / 1000} s`
      : reasonOf(error);
    return { kind: 'no-answer', reason };
  } finally {
    ended.abort();
    signal.removeEventListener('abort', stop);
  }
}

async function send({ url, headers, body, lookup }: Post, signal: AbortSignal): Promise<Answer> {
  const request = url.protocol === 'https:' ? httpsRequest : httpRequest;
  const options = { method: 'POST', headers: { ...headers }, lookup, signal, agent: false };
  const sent = request(url, options);
  const head = new Promise<IncomingMessage>((resolve, reject) => {
    sent.once('response', resolve);
    // Also after the head has come, when nobody waits for it any more.
    sent.on('error', reject);
    // Where there was neither an answer nor an error, as after 101 (switching protocols).
    sent.on('close', () => reject(new Error('the connection was closed')));
  });
  sent.end(body);
  try {
    const response = await head;
    const { statusCode: status = 0 } = response;
    const text = await beginningOf(response);
    return { kind: 'answered', status, headers: keptHeaders(response), body: text };
  } finally {
    sent.destroy();
  }
}

/** Never rejects: an answer that breaks off was one. */
function beginningOf(response: IncomingMessage): Promise<string> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let length = 0;
    // A receiver may answer in any bytes; PostgreSQL takes no NUL in a text.
    const end = () =>
      resolve(
        Buffer.concat(chunks)
          .subarray(0, MOST_BODY_BYTES)
          .toString('utf8')
          .replaceAll('\0', '\ufffd'),
      );
    response.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      length += chunk.length;
      if (length >= MOST_BODY_BYTES) end();
    });
    for (const event of ['end', 'error', 'close']) response.on(event, end);
  });
}

function keptHeaders({ headers }: IncomingMessage): Record<string, string> {
  const kept = KEPT_HEADERS.flatMap((name) => {
    const value = headers[name];
    return value === undefined
      ? []
      : [[name, String(value).slice(0, MOST_HEADER_CHARACTERS)] as const];
  });
  return Object.fromEntries(kept);
}

const CERTIFICATE = /^(CERT_|ERR_TLS_CERT|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|HOSTNAME_MISMATCH)/;

/** In words, with the code; the error's own words may hold the address, and with it a key. */
function reasonOf(error: unknown): string {
  if (error instanceof AddressRefusedError) return error.message;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const named = code === '' ? '' : ` (${code})`;
  if (CERTIFICATE.test(code)) return `its TLS certificate is not valid${named}`;
  if (/^(ERR_SSL_|EPROTO$)/.test(code)) return `it does not speak TLS as it should${named}`;
  if (code.startsWith('HPE_')) return `it does not speak HTTP as it should${named}`;
  switch (code) {
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `its name could not be looked up${named}`;
    case 'ECONNREFUSED':
      return `it refused the connection${named}`;
    default:
      return `there was no connection, or it broke off${named}`;
  }
}
