import { z } from 'zod';
import { PROBLEM_MEDIA_TYPE } from '../server/problem.js';
import type { Route } from '../server/route.js';
import type { Operation } from './operation.js';

type Json = { readonly [key: string]: unknown };

/** OpenAPI 3.1. */
export interface OpenApiDocument {
  readonly openapi: string;
  readonly info: Json;
  readonly security: readonly Json[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, OpenApiOperation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Json>> } & Json;
}

export interface OpenApiOperation {
  readonly operationId: string;
  readonly summary: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly parameters: readonly OpenApiParameter[];
  readonly requestBody?: Json;
  readonly responses: Json;
}

export interface OpenApiParameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required: boolean;
  readonly description?: string;
  readonly schema: Json;
}

/** The shape of every error: RFC 9457. */
const problemShape = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  fix: z.string().optional().describe('What a person can do.'),
  errors: z
    .array(
      z.object({
        in: z.enum(['path', 'query', 'header', 'body']),
        name: z.string().describe('Of a body, a JSON pointer.'),
        detail: z.string(),
      }),
    )
    .optional(),
});

const ABOUT =
  'All that the page shows and does, for programs. Send a token of the config, or a JSON Web Token, as `Authorization: Bearer …`. Amounts are integers in minor units of their currency; times are UTC. Lists are paged: send `next` as `after`. Fields are added and never renamed.';

/** Made from the operations themselves; `shapes` names those that stand under `components`. */
export function openApiOf(
  operations: readonly Operation[],
  shapes: Readonly<Record<string, z.ZodType>>,
): OpenApiDocument {
  const registry = z.registry<{ id: string }>();
  const named = { ...shapes, Problem: problemShape };
  for (const [id, shape] of Object.entries(named)) registry.add(shape, { id });
  const uri = (id: string) => `#/components/schemas/${id}`;
  const { schemas } = z.toJSONSchema(registry, { uri });
  const nameOf = new Map(Object.entries(named).map(([id, shape]) => [shape, id]));
  const paths: Record<string, Record<string, OpenApiOperation>> = {};
  for (const operation of operations) {
    const path = operation.path.replace(/:(\w+)/g, '{$1}');
    const described = describe(operation, (shape) => ({ $ref: uri(nameIn(nameOf, shape)) }));
    paths[path] = { ...paths[path], [operation.method.toLowerCase()]: described };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'orderpark', version: '1', description: ABOUT },
    security: [{ token: [] }],
    paths,
    components: {
      schemas: Object.fromEntries(
        Object.entries(schemas).map(([id, schema]) => [id, withoutMarks(schema)]),
      ),
      securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
    },
  };
}

function nameIn(names: ReadonlyMap<z.ZodType, string>, shape: z.ZodType): string {
  const name = names.get(shape);
  if (name === undefined) throw new Error('an operation answers a shape without a name');
  return name;
}

function withoutMarks(schema: object): Json {
  const { $schema: _, $id: __, ...rest } = schema as Json;
  return rest;
}

function describe(operation: Operation, ref: (shape: z.ZodType) => Json): OpenApiOperation {
  const { id, summary, tag, needs, params, query, body, answer, isAction } = operation;
  const content =
    answer.kind === 'json'
      ? { 'application/json': { schema: ref(answer.shape) } }
      : { [answer.mediaType]: { schema: {} } };
  const problem = { [PROBLEM_MEDIA_TYPE]: { schema: { $ref: '#/components/schemas/Problem' } } };
  return {
    operationId: id,
    summary,
    description: `Needs the right to ${needs}.`,
    tags: [tag],
    parameters: [
      ...parametersOf('path', params),
      ...parametersOf('query', query),
      ...(isAction ? [IDEMPOTENCY_KEY] : []),
    ],
    ...(body && {
      requestBody: {
        required: true,
        content: { 'application/json': { schema: inputSchema(body) } },
      },
    }),
    responses: {
      200: { description: 'Done.', content },
      ...(isAction ? {} : { 304: { description: 'Still what `If-None-Match` names.' } }),
      default: { description: 'Why not.', content: problem },
    },
  };
}

const IDEMPOTENCY_KEY: OpenApiParameter = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description: 'The same request again under the same key, within a day, is done once.',
  schema: { type: 'string', minLength: 1, maxLength: 255 },
};

function parametersOf(where: 'path' | 'query', { shape }: z.ZodObject): OpenApiParameter[] {
  return Object.entries(shape).map(([name, field]) => {
    const { description, ...schema } = inputSchema(asType(field));
    return {
      ...{ name, in: where, schema },
      required: where === 'path' || !asType(field).safeParse(undefined).success,
      ...(typeof description === 'string' && { description }),
    };
  });
}

function asType(field: z.core.$ZodType): z.ZodType {
  if (field instanceof z.ZodType) return field;
  throw new TypeError('not a classic zod type');
}

function inputSchema(shape: z.ZodType): Json {
  return withoutMarks(z.toJSONSchema(shape, { io: 'input' }));
}

/**
 * `/api/openapi.json`. It says nothing secret; but what is reached from other machines answers nobody
 * who is not known.
 */
export function openApiRoute(describe: () => OpenApiDocument): Route {
  return {
    method: 'GET',
    path: '/api/openapi.json',
    needs: 'read',
    handle: () => ({ kind: 'json', body: describe() }),
  };
}
