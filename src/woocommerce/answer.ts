import type { Redact } from './redact.js';
import { refusal } from './refusal.js';
import { errorSchema } from './schemas.js';
import { ShopError } from './shop-error.js';
import type { Answer } from './transport.js';

export interface Judge {
  readonly shop: string;
  readonly redact: Redact;
  readonly nowMs: number;
  /** The request would have changed something. */
  readonly writes?: boolean;
}

/**
 * The JSON of an answer, judged from its raw text: an array where a `list` is due, an object where
 * an `object` is. Anything else throws a ShopError that says what came instead, so that it is never
 * read as an empty page (rule 7).
 */
export function readAnswer(answer: Answer, expected: 'list', judge: Judge): readonly unknown[];
export function readAnswer(answer: Answer, expected: 'object', judge: Judge): object;
export function readAnswer(
  answer: Answer,
  expected: 'list' | 'object',
  judge: Judge,
): readonly unknown[] | object {
  if (answer.status < 200 || answer.status > 299) throw refusal(answer, answer.status, judge);
  const garbled = (what: string, fix: string) =>
    new ShopError(judge.shop, 'garbled', what, fix, {
      status: answer.status,
      excerpt: judge.redact(answer.text.slice(0, 500)),
    });

  const body = parse(answer.text);
  if (body.kind !== 'json') throw garbled(TROUBLE[body.kind].what, TROUBLE[body.kind].fix);
  const { value } = body;
  if (expected === 'list' && Array.isArray(value)) return value;
  const error = errorSchema.safeParse(value);
  if (error.success) {
    const status = error.data.data ?? 0;
    if (status >= 400 && status !== 404) throw refusal(answer, status, judge);
    throw garbled(
      `status ${answer.status}, but the body is an error: ${judge.redact(error.data.code)}`,
      'A plugin or proxy changes the status of errors: look what the code means.',
    );
  }
  if (expected === 'object' && isObject(value)) return value;
  throw garbled(
    `expected ${expected === 'list' ? 'a list' : 'an object'}, got ${nameOf(value)}`,
    'A plugin or cache changes the answers of /wp-json/: leave that path out of both.',
  );
}

type Body =
  | { readonly kind: 'json'; readonly value: unknown }
  | { readonly kind: 'empty' | 'notice' | 'html' | 'truncated' | 'broken' };

const TROUBLE = {
  empty: {
    what: 'status 200 with an empty body',
    fix: "A plugin ended the request, or PHP ran out of memory: see the shop's PHP error log.",
  },
  notice: {
    what: 'a PHP notice or other text stands before the JSON',
    fix: 'Turn off display_errors (WP_DEBUG_DISPLAY) in the shop, and mend what it complains about.',
  },
  html: {
    what: 'a web page (HTML) came instead of JSON',
    fix: 'A login wall, cache, challenge or coming-soon page answers for /wp-json/: exclude that path.',
  },
  truncated: {
    what: 'the JSON is cut off',
    fix: "Look for time or size limits in the shop's PHP, proxy or security plugin.",
  },
  broken: {
    what: 'the body is no valid JSON',
    fix: 'A plugin or proxy prints into the answers of /wp-json/: find it and turn that off.',
  },
} as const;

function parse(text: string): Body {
  const trimmed = text.trim();
  if (trimmed === '') return { kind: 'empty' };
  const value = tryJson(trimmed);
  if (value !== undefined) return { kind: 'json', value };
  if (/^[[{]/.test(trimmed)) return { kind: isCutOff(trimmed) ? 'truncated' : 'broken' };
  if (/^<(!doctype|html)/i.test(trimmed)) return { kind: 'html' };
  if (
    hasJsonLater(trimmed) ||
    /^(<br\b|<b>|(PHP )?(Warning|Notice|Deprecated|Fatal error):)/i.test(trimmed)
  ) {
    return { kind: 'notice' };
  }
  return { kind: trimmed.startsWith('<') ? 'html' : 'broken' };
}

const TOKEN = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
const MAYBE_HUGE = /(?<![\d.])\d{16,}/;

/** JSON, with integers beyond what a number can hold kept as text; undefined where it is none. */
function tryJson(text: string): unknown {
  const exact = MAYBE_HUGE.test(text) ? text.replace(TOKEN, quoteHuge) : text;
  try {
    return JSON.parse(exact);
  } catch {
    return undefined;
  }
}

function quoteHuge(token: string): string {
  const huge = /^-?\d{16,}$/.test(token) && !Number.isSafeInteger(Number(token));
  return huge ? `"${token}"` : token;
}

/** True where the text ends inside a string, or before its brackets are closed. */
function isCutOff(text: string): boolean {
  const bare = text.replace(/"(?:[^"\\]|\\.)*"/g, '');
  if (bare.includes('"')) return true;
  const open = bare.match(/[[{]/g)?.length ?? 0;
  const closed = bare.match(/[\]}]/g)?.length ?? 0;
  return open > closed;
}

function hasJsonLater(text: string): boolean {
  const start = text.search(/\[\s*[{\]]|\{\s*"/);
  return start > 0 && tryJson(text.slice(start)) !== undefined;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function nameOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
