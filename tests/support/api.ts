import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { Role } from '../../src/access/roles.js';
import type { OpenApiDocument } from '../../src/api/openapi.js';
import { tokenOf } from './web.js';

export interface ApiAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: Record<string, unknown>;
}

export interface ApiCall {
  readonly as?: Role;
  readonly method?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Asks the API, and holds every answer against the document of the API itself. */
export function apiClient(url: string, document: OpenApiDocument) {
  const ajv = addFormats.default(new Ajv2020({ strict: false, allErrors: true }));
  ajv.addSchema({ $id: 'api', components: document.components });
  /** Operations that answered 200, as `get /api/v1/orders`. */
  const answered = new Set<string>();

  const hold = (method: string, path: string, answer: ApiAnswer): void => {
    const name = pathIn(document, path);
    const described = name === undefined ? undefined : document.paths[name]?.[method];
    if (answer.status === 200 && described) answered.add(`${method} ${name}`);
    const mediaType = answer.headers.get('content-type')?.split(';')[0] ?? '';
    if (answer.status === 304) return;
    const schema = schemaFor(described?.responses, answer.status, mediaType);
    if (schema === undefined || !('$ref' in schema)) return;
    const isRight = ajv.compile({ $ref: `api${schema.$ref}` });
    if (!isRight(answer.body)) {
      throw new Error(`${method} ${path}: ${ajv.errorsText(isRight.errors)} in ${answer.text}`);
    }
  };

  return {
    answered,
    async ask(path: string, call: ApiCall = {}): Promise<ApiAnswer> {
      const { as = 'admin', body, headers = {} } = call;
      const method = call.method ?? 'GET';
      const response = await fetch(`${url}${path}`, {
        method,
        headers: {
          Authorization: `Bearer ${tokenOf(as)}`,
          ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined
          ? {}
          : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      });
      const text = await response.text();
      const isJson = /json/.test(response.headers.get('content-type') ?? '') && text !== '';
      const parsed = isJson ? JSON.parse(text) : {};
      const answer = { status: response.status, headers: response.headers, text, body: parsed };
      hold(method.toLowerCase(), path.split('?')[0] ?? '', answer);
      return answer;
    },
  };
}

function pathIn({ paths }: OpenApiDocument, path: string): string | undefined {
  const isIt = (name: string) => new RegExp(`^${name.replace(/\{\w+\}/g, '[^/]+')}$`).test(path);
  return Object.keys(paths).find(isIt);
}

function schemaFor(responses: unknown, status: number, mediaType: string) {
  const problem = { $ref: '#/components/schemas/Problem' };
  if (status >= 400) {
    if (mediaType !== 'application/problem+json') throw new Error(`${status} as ${mediaType}`);
    return problem;
  }
  const all = responses as Record<string, { content?: Record<string, { schema: object }> }>;
  const content = all?.[status]?.content;
  if (content && !(mediaType in content)) throw new Error(`${mediaType} is not in the document`);
  return content?.[mediaType]?.schema as { $ref?: string } | undefined;
}
