import { measured } from '../../runtime/measured.js';
import { tagged } from '../../server/etag.js';
import { Problem, problemReply } from '../../server/problem.js';
import type { Asked, Reply } from '../../server/route.js';
import { type Entry, parametersIn } from './reference.js';

/** One call of the API, filled in by a person. */
export interface Filled {
  /** Path with what was filled in, as a program would send it. */
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** Undefined: none. */
  readonly idempotencyKey: string | undefined;
  /** As it was typed; empty: none. */
  readonly body: string;
  /** Parts of the path that are still empty. */
  readonly missing: readonly string[];
}

/** Fields of the form, by where the API wants them. */
export const fieldName = (where: 'path' | 'query' | 'header', name: string): string =>
  `${where}.${name}`;
export const BODY_FIELD = 'body';
export const IDEMPOTENCY_FIELD = fieldName('header', 'Idempotency-Key');

/** Only what the operation itself names is taken from the form. */
export function filledIn(entry: Entry, form: URLSearchParams): Filled {
  const inPath = parametersIn(entry, 'path').map(({ name }): [string, string] => [
    name,
    form.get(fieldName('path', name))?.trim() ?? '',
  ]);
  const params = Object.fromEntries(inPath);
  const query = parametersIn(entry, 'query').flatMap(({ name }) =>
    form
      .getAll(fieldName('query', name))
      .filter((value) => value !== '')
      .map((value): [string, string] => [name, value]),
  );
  const search = new URLSearchParams(query);
  const path = entry.operation.path.replace(/:(\w+)/g, (_, name: string) =>
    encodeURIComponent(params[name] ?? ''),
  );
  return {
    ...{ path, params, query: search, body: form.get(BODY_FIELD)?.trim() ?? '' },
    idempotencyKey: form.get(IDEMPOTENCY_FIELD)?.trim() || undefined,
    missing: inPath.filter(([, value]) => value === '').map(([name]) => name),
  };
}

/** What the API answered. */
export interface Answered {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Shown;
  readonly seconds: number;
}

/** A file that is no text is told by its size. */
type Shown =
  | { readonly kind: 'text'; readonly text: string; readonly isCut: boolean }
  | { readonly kind: 'file'; readonly bytes: number };

/**
 * Calls the operation's own handler as whoever is logged in, with what was filled in. Nothing leaves
 * this process, so there is no address to choose and no token to hand over; checks, problems and audit
 * are those of the API. The caller has seen to it that this person may.
 */
export async function call(
  { operation }: Entry,
  filled: Filled,
  { principal, address, isSecure, signal }: Asked,
): Promise<Answered> {
  const asked = (): Asked => ({
    ...{ method: operation.method, path: filled.path, params: filled.params, query: filled.query },
    ...{ form: new URLSearchParams(), json: jsonIn(filled.body) },
    header: (name) => (name === 'idempotency-key' ? filled.idempotencyKey : undefined),
    cookie: () => undefined,
    ...{ address, isSecure, formToken: '', signal, ...(principal && { principal }) },
  });
  const answer = async (): Promise<Reply> => {
    try {
      const reply = await operation.handle(asked());
      return operation.method === 'GET' ? tagged(asked(), reply) : reply;
    } catch (error) {
      if (error instanceof Problem) return problemReply(error);
      throw error;
    }
  };
  let seconds = 0;
  const timed = measured({ answer }, ['answer'], (ended) => {
    seconds = ended.seconds;
  });
  return { ...shownOf(await timed.answer()), seconds };
}

/** Throws the problem with which the API answers what is no JSON. */
function jsonIn(body: string): unknown {
  if (body === '') return undefined;
  try {
    return JSON.parse(body);
  } catch {
    throw new Problem(400, 'This request cannot be read.');
  }
}

/** What a page shows of a body, in characters. */
const MOST_SHOWN = 200_000;

function shownOf(reply: Reply): Omit<Answered, 'seconds'> {
  const { mediaType, body } = contentOf(reply);
  return {
    status: reply.status ?? 200,
    headers: { 'Cache-Control': 'no-store', ...reply.headers, 'Content-Type': mediaType },
    body,
  };
}

function contentOf(reply: Reply): { readonly mediaType: string; readonly body: Shown } {
  switch (reply.kind) {
    case 'json': {
      const mediaType = reply.mediaType ?? 'application/json';
      return { mediaType, body: textShown(JSON.stringify(reply.body, null, 2)) };
    }
    case 'file': {
      const { mediaType, content } = reply;
      const bytes = Buffer.from(content);
      const isText = /^text\/|[/+](xml|json)\b/.test(mediaType);
      const body: Shown = isText
        ? textShown(bytes.toString('utf8'))
        : { kind: 'file', bytes: bytes.length };
      return { mediaType, body };
    }
    case 'html':
    case 'redirect':
    case 'events':
      throw new Error(`the API does not answer ${reply.kind}`);
  }
}

function textShown(text: string): Shown {
  return { kind: 'text', text: text.slice(0, MOST_SHOWN), isCut: text.length > MOST_SHOWN };
}
