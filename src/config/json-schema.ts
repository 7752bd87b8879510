import { z } from 'zod';
import { fileSchema } from './schema.js';

/** A JSON Schema, as far as it is read here. */
export interface JsonSchema {
  readonly [keyword: string]: unknown;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly additionalProperties?: JsonSchema | boolean;
  readonly description?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
}

/** A text with an environment reference in it, which may stand for anything. */
const REFERENCE = '\\$\\{';

/** The owner's file, for editors. */
export function configJsonSchema(): JsonSchema {
  return z.toJSONSchema(fileSchema, {
    io: 'input',
    target: 'draft-7',
    override: ({ jsonSchema }) => allowReferences(jsonSchema),
  }) as JsonSchema;
}

/** Lets `${NAME}` stand where a number, a switch, a word of a list or a pattern is asked for. */
function allowReferences(schema: Record<string, unknown>): void {
  if (typeof schema['pattern'] === 'string') {
    schema['pattern'] = `${schema['pattern']}|${REFERENCE}`;
    return;
  }
  const { description, default: fallback, ...rules } = schema;
  const isStrict =
    'enum' in rules || ['number', 'integer', 'boolean'].includes(String(rules['type']));
  if (!isStrict) return;
  for (const keyword of Object.keys(rules)) delete schema[keyword];
  schema['anyOf'] = [rules, { type: 'string', pattern: REFERENCE }];
  if (description !== undefined) schema['description'] = description;
  if (fallback !== undefined) schema['default'] = fallback;
}

/** The schemas that may describe the value at a path: several where forms differ. */
export function schemasAt(root: JsonSchema, path: readonly (string | number)[]): JsonSchema[] {
  let current = alternatives(root);
  for (const step of path) {
    current = current.flatMap((schema) => {
      const next =
        typeof step === 'number'
          ? schema.items
          : (schema.properties?.[step] ?? schema.additionalProperties);
      return typeof next === 'object' ? alternatives(next) : [];
    });
  }
  return current;
}

/** Every key that may stand at a path. */
export function keysAt(root: JsonSchema, path: readonly (string | number)[]): string[] {
  return schemasAt(root, path).flatMap(({ properties }) => Object.keys(properties ?? {}));
}

function alternatives(schema: JsonSchema): JsonSchema[] {
  return [schema, ...[...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].flatMap(alternatives)];
}
