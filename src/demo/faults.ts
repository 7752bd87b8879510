import type { DemoAnswer } from './answers.js';
import { htmlAnswer } from './answers.js';
import { phpJson } from './json.js';
import type { Random } from './random.js';

/** What can go wrong with a request, most of it as recorded (`fault-*`). */
export type FaultKind =
  | 'rate-limited'
  | 'rate-limited-with-retry-after'
  | 'fatal-json'
  | 'fatal-html'
  | 'bad-gateway'
  | 'maintenance'
  | 'gateway-timeout'
  | 'html-200'
  | 'notice-before-json'
  | 'truncated-json'
  | 'empty-200'
  | 'slow'
  | 'dropped-before-answer'
  | 'dropped-after-commit'
  | 'dropped-mid-body'
  | 'stale';

/** How often each happens, from 0 to 1 a request; together at most 1. */
export type FaultRates = Readonly<Partial<Record<FaultKind, number>>>;

export interface FaultPlan {
  readonly rates: FaultRates;
  /** Orders that make every list with them a 500, and their own answer too. */
  readonly badOrders?: readonly number[];
  /** How long `slow` takes. */
  readonly slowMs?: number;
}

export const NO_FAULTS: FaultPlan = { rates: {} };

/** What becomes of one answer. */
export type Delivery =
  | { readonly kind: 'answer'; readonly answer: DemoAnswer; readonly delayMs: number }
  | { readonly kind: 'drop' }
  | { readonly kind: 'drop-mid-body'; readonly answer: DemoAnswer };

/** Whether the shop works on the request at all where this fault strikes. */
export function reachesTheShop(fault: FaultKind | undefined): boolean {
  switch (fault) {
    case undefined:
    case 'notice-before-json':
    case 'truncated-json':
    case 'slow':
    case 'dropped-after-commit':
    case 'dropped-mid-body':
      return true;
    case 'rate-limited':
    case 'rate-limited-with-retry-after':
    case 'fatal-json':
    case 'fatal-html':
    case 'bad-gateway':
    case 'maintenance':
    case 'gateway-timeout':
    case 'html-200':
    case 'empty-200':
    case 'dropped-before-answer':
    case 'stale':
      return false;
  }
}

/** The fault of this request, drawn from the plan's rates, if any. */
export function drawFault(plan: FaultPlan, random: Random): FaultKind | undefined {
  let drawn = random.next();
  for (const [kind, rate] of Object.entries(plan.rates)) {
    if (drawn < rate) return isFaultKind(kind) ? kind : undefined;
    drawn -= rate;
  }
  return undefined;
}

/** What goes out in the place of an answer, for a fault that never reaches the shop. */
export function faultAnswer(fault: FaultKind): DemoAnswer | undefined {
  switch (fault) {
    case 'rate-limited':
      return nginx(429, '429 Too Many Requests');
    case 'rate-limited-with-retry-after':
      return nginx(429, '429 Too Many Requests', [['Retry-After', '1']]);
    case 'bad-gateway':
      return nginx(502, '502 Bad Gateway');
    case 'gateway-timeout':
      return nginx(504, '504 Gateway Time-out');
    case 'maintenance':
      return MAINTENANCE;
    case 'fatal-json':
      return FATAL;
    case 'fatal-html':
      return phpHtml(500, page('WordPress &rsaquo; Error', CRITICAL));
    case 'html-200':
      return phpHtml(200, page('Voorbeeldwinkel', '<h1>Voorbeeldwinkel</h1>'));
    case 'empty-200':
      return phpHtml(200, '');
    case 'notice-before-json':
    case 'truncated-json':
    case 'slow':
    case 'dropped-before-answer':
    case 'dropped-after-commit':
    case 'dropped-mid-body':
    case 'stale':
      return undefined;
  }
}

/** What becomes of the shop's own answer. */
export function deliver(
  fault: FaultKind | undefined,
  answer: DemoAnswer,
  plan: FaultPlan,
): Delivery {
  switch (fault) {
    case 'notice-before-json':
      return sent({ ...answer, body: `${NOTICE}${answer.body}` });
    case 'truncated-json':
      return sent({ ...answer, body: answer.body.slice(0, Math.floor(answer.body.length * 0.6)) });
    case 'slow':
      return { kind: 'answer', answer, delayMs: plan.slowMs ?? 200 };
    case 'dropped-before-answer':
    case 'dropped-after-commit':
      return { kind: 'drop' };
    case 'dropped-mid-body':
      return { kind: 'drop-mid-body', answer };
    default:
      return sent(answer);
  }
}

/** 500, as a PHP fatal error answers a request for JSON (`fault-php-fatal-500`). */
export function fatalAnswer(): DemoAnswer {
  return FATAL;
}

/** nginx's own refusal of a request line beyond its buffer (`orders-include-900-ids-414`). */
export function tooLongAnswer(): DemoAnswer {
  return nginx(414, '414 Request-URI Too Large');
}

function sent(answer: DemoAnswer): Delivery {
  return { kind: 'answer', answer, delayMs: 0 };
}

export function isFaultKind(kind: string): kind is FaultKind {
  return KINDS.has(kind);
}

/** Every kind once; the compiler sees to it that none is missing. */
const EVERY_KIND: Readonly<Record<FaultKind, true>> = {
  'rate-limited': true,
  'rate-limited-with-retry-after': true,
  'fatal-json': true,
  'fatal-html': true,
  'bad-gateway': true,
  maintenance: true,
  'gateway-timeout': true,
  'html-200': true,
  'notice-before-json': true,
  'truncated-json': true,
  'empty-200': true,
  slow: true,
  'dropped-before-answer': true,
  'dropped-after-commit': true,
  'dropped-mid-body': true,
  stale: true,
};
const KINDS: ReadonlySet<string> = new Set(Object.keys(EVERY_KIND));

function nginx(
  status: number,
  title: string,
  headers: readonly (readonly [string, string])[] = [],
): DemoAnswer {
  const lines = [
    '<html>',
    `<head><title>${title}</title></head>`,
    '<body>',
    `<center><h1>${title}</h1></center>`,
    '<hr><center>nginx/1.22.1</center>',
    '</body>',
    '</html>',
    '',
  ];
  return htmlAnswer(status, lines.join('\r\n'), headers);
}

function phpHtml(status: number, body: string): DemoAnswer {
  return { status, headers: [['Content-Type', 'text/html; charset=UTF-8']], body };
}

function page(title: string, body: string): string {
  return `<!DOCTYPE html>\n<html lang="en-US"><head><title>${title}</title></head><body>${body}</body></html>`;
}

const CRITICAL =
  '<p>There has been a critical error on this website.</p><p><a href="https://wordpress.org/documentation/article/faq-troubleshooting/">Learn more about troubleshooting WordPress.</a></p>';

const NOTICE =
  '<br />\n<b>Warning</b>:  Undefined array key "billing_vat"  in <b>/var/www/html/wp-content/plugins/vat-field/vat-field.php</b> on line <b>27</b><br />\n';

const JSON_TYPE = ['Content-Type', 'application/json; charset=UTF-8'] as const;

const FATAL: DemoAnswer = {
  status: 500,
  headers: [JSON_TYPE],
  body: phpJson({
    code: 'internal_server_error',
    message: CRITICAL,
    data: { status: 500 },
    additional_errors: [],
  }),
};

const MAINTENANCE: DemoAnswer = {
  status: 503,
  headers: [JSON_TYPE, ['Retry-After', '600']],
  body: phpJson({
    code: 'wp_die',
    message: 'Briefly unavailable for scheduled maintenance. Check back in a minute.',
    data: { status: 503 },
    additional_errors: [],
  }),
};
