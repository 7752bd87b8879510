/** JSON as a value, and how PHP writes it. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function objectOf(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {};
}

/** The objects of a list; anything else in it is left out. */
export function objectsOf(value: Json | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

export function textOf(value: Json | undefined): string {
  return typeof value === 'string'
    ? value
    : value === undefined || value === null
      ? ''
      : String(value);
}

/** A number, or a text that is one; 0 where it is neither. */
export function numberOf(value: Json | undefined): number {
  const number = Number(value);
  return Number.isFinite(number) ? number : 0;
}

/** Parses text that is only ever JSON (our own file, a request's body). Throws SyntaxError. */
export function parseJson(text: string): Json {
  return JSON.parse(text);
}

/** As PHP's json_encode writes it: `/` escaped, everything beyond ASCII as \uXXXX (any recording). */
export function phpJson(value: Json): string {
  return JSON.stringify(value)
    .replaceAll('/', '\\/')
    .replace(
      /[\u007f-\uffff]/g,
      (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
}

/** WordPress's `_fields`: only the named members, nested ones as `a.b`, in their own order. */
export function pickFields(value: Json, fields: readonly string[]): Json {
  if (Array.isArray(value)) return value.map((item) => pickFields(item, fields));
  if (!isObject(value)) return value;
  const picked: Record<string, Json> = {};
  for (const [key, member] of Object.entries(value)) {
    if (fields.includes(key)) picked[key] = member;
    else {
      const nested = fields
        .filter((field) => field.startsWith(`${key}.`))
        .map((field) => field.slice(key.length + 1));
      if (nested.length > 0) picked[key] = pickFields(member, nested);
    }
  }
  return picked;
}
