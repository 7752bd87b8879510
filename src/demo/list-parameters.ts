import type { Json } from './json.js';
import type { SiteTime } from './site-time.js';

/** A query with a value WordPress refuses: what it says of each parameter. */
export class InvalidParameters extends Error {
  override readonly name = 'InvalidParameters';
  constructor(readonly problems: Readonly<Record<string, { code: string; message: string }>>) {
    super(`Invalid parameter(s): ${Object.keys(problems).join(', ')}`);
  }
}

/** What every list takes. */
export interface ListParameters {
  readonly page: number;
  readonly perPage: number;
  readonly offset: number | undefined;
  readonly order: 'asc' | 'desc';
  readonly orderby: string;
  readonly include: readonly number[] | undefined;
  readonly exclude: ReadonlySet<number>;
  readonly after: number | undefined;
  readonly before: number | undefined;
  readonly modifiedAfter: number | undefined;
  readonly modifiedBefore: number | undefined;
  readonly statuses: readonly string[];
  readonly dp: number;
}

const ORDERINGS = ['date', 'id', 'include', 'title', 'slug', 'modified'];

/**
 * Reads and checks a list's query as recorded: limits are refused, not clamped
 * (`orders-list-perpage-*`, `-page-0`, `-bad-*`, `-status-unknown`). Throws InvalidParameters.
 */
export function listParameters(
  query: URLSearchParams,
  time: SiteTime,
  registeredStatuses: readonly string[],
): ListParameters {
  const reader = new Reader(query, time);
  const read = {
    page: reader.number('page', 1, 1),
    perPage: reader.number('per_page', 10, 1, 100),
    offset: query.has('offset') ? reader.number('offset', 0, 0) : undefined,
    order: reader.choice('order', 'desc', ['asc', 'desc']) === 'asc' ? 'asc' : 'desc',
    orderby: reader.choice('orderby', 'date', ORDERINGS),
    include: query.has('include') || hasList(query, 'include') ? reader.ids('include') : undefined,
    exclude: new Set(reader.ids('exclude')),
    after: reader.date('after'),
    before: reader.date('before'),
    modifiedAfter: reader.date('modified_after'),
    modifiedBefore: reader.date('modified_before'),
    statuses: reader.statuses(registeredStatuses),
    dp: reader.number('dp', 2, 0),
  } as const;
  reader.throwIfRefused();
  return read;
}

/** A parameter that may be given once with commas, or as `name[]` or `name[0]`. */
export function listValues(query: URLSearchParams, name: string): string[] {
  const values: string[] = [];
  for (const [key, value] of query) {
    if (key === name) values.push(...value.split(','));
    else if (isListKey(key, name)) values.push(value);
  }
  return values.map((value) => value.trim()).filter((value) => value !== '');
}

function isTrue(value: string | null): boolean {
  return value !== null && ['1', 'true'].includes(value.toLowerCase());
}

/** WordPress's answer to a query it refuses. */
export function invalidParametersBody(refused: InvalidParameters): Json {
  const params: Record<string, Json> = {};
  const details: Record<string, Json> = {};
  for (const [name, { code, message }] of Object.entries(refused.problems)) {
    params[name] = message;
    details[name] = { code, message, data: null };
  }
  const data = { status: 400, params, details };
  return { code: 'rest_invalid_param', message: refused.message, data };
}

class Reader {
  readonly #problems: Record<string, { code: string; message: string }> = {};

  constructor(
    private readonly query: URLSearchParams,
    private readonly time: SiteTime,
  ) {}

  throwIfRefused(): void {
    if (Object.keys(this.#problems).length > 0) throw new InvalidParameters(this.#problems);
  }

  number(name: string, fallback: number, least: number, most?: number): number {
    const text = this.query.get(name);
    if (text === null) return fallback;
    const value = Number(text);
    if (!/^-?\d+$/.test(text)) {
      this.#refuse(name, 'rest_invalid_type', `${name} is not of type integer.`);
    } else if (most !== undefined && (value < least || value > most)) {
      const range = `between ${least} (inclusive) and ${most} (inclusive)`;
      this.#refuse(name, 'rest_out_of_bounds', `${name} must be ${range}`);
    } else if (value < least) {
      const message = `${name} must be greater than or equal to ${least}`;
      this.#refuse(name, 'rest_out_of_bounds', message);
    }
    return value;
  }

  choice(name: string, fallback: string, choices: readonly string[]): string {
    const value = this.query.get(name) ?? fallback;
    if (!choices.includes(value)) this.#refuseChoice(name, name, choices);
    return value;
  }

  ids(name: string): number[] {
    return listValues(this.query, name).map(Number);
  }

  date(name: string): number | undefined {
    const text = this.query.get(name);
    if (text === null) return undefined;
    const epochMs = this.time.parseParameter(text, isTrue(this.query.get('dates_are_gmt')));
    if (epochMs === undefined) this.#refuse(name, 'rest_invalid_date', 'Invalid date.');
    return epochMs;
  }

  statuses(registered: readonly string[]): string[] {
    const given = listValues(this.query, 'status');
    const known = ['any', 'trash', 'auto-draft', ...registered];
    const unknown = given.findIndex((status) => !known.includes(status));
    if (unknown >= 0) this.#refuseChoice('status', `status[${unknown}]`, known);
    return given.length === 0 ? ['any'] : given;
  }

  #refuseChoice(name: string, subject: string, choices: readonly string[]): void {
    const all = `${choices.slice(0, -1).join(', ')}, and ${choices.at(-1)}`;
    this.#refuse(name, 'rest_not_in_enum', `${subject} is not one of ${all}.`);
  }

  #refuse(name: string, code: string, message: string): void {
    this.#problems[name] = { code, message };
  }
}

function hasList(query: URLSearchParams, name: string): boolean {
  return [...query.keys()].some((key) => isListKey(key, name));
}

function isListKey(key: string, name: string): boolean {
  return key.startsWith(`${name}[`) && key.endsWith(']');
}
