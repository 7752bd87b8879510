import { may, ROLES, type Role } from '../../access/roles.js';
import type { Api } from '../../api/api.js';
import type { OpenApiOperation, OpenApiParameter } from '../../api/openapi.js';
import type { Operation } from '../../api/operation.js';
import { exampleOf } from './schema.js';

/** One operation: what is called, and how the OpenAPI document describes it. */
export interface Entry {
  readonly operation: Operation;
  readonly described: OpenApiOperation;
  /** As `/api/v1/orders/{shop}/{id}`. */
  readonly path: string;
}

/** What the page tells of the API, from the operations and their document. */
export interface Reference {
  readonly groups: readonly { readonly tag: string; readonly entries: readonly Entry[] }[];
  readonly schemas: readonly (readonly [name: string, schema: unknown])[];
  /** What holds for all. */
  readonly about: string;
}

export const REFERENCE_PATH = '/api/docs';

export function referenceOf({ operations, document }: Api): Reference {
  const entries = operations.map((operation): Entry => {
    const path = operation.path.replace(/:(\w+)/g, '{$1}');
    const described = document.paths[path]?.[operation.method.toLowerCase()];
    if (described === undefined) throw new Error(`${operation.id} is not in the document`);
    return { operation, described, path };
  });
  const tags = [...new Set(operations.map(({ tag }) => tag))];
  return {
    groups: tags.map((tag) => ({
      tag,
      entries: entries.filter(({ operation }) => operation.tag === tag),
    })),
    schemas: Object.entries(document.components.schemas),
    about: String(document.info['description']),
  };
}

export function parametersIn(
  { described }: Entry,
  where: OpenApiParameter['in'],
): readonly OpenApiParameter[] {
  return described.parameters.filter((parameter) => parameter.in === where);
}

export function rolesFor({ operation: { needs } }: Entry): readonly Role[] {
  return ROLES.filter((role) => needs === null || may(role, needs));
}

/** Of the body that it takes; undefined where it takes none. */
export function bodySchema({ described: { requestBody } }: Entry): unknown {
  const { content } = { content: undefined, ...requestBody };
  return jsonSchemaIn(content);
}

/** Of what it answers, and of which media type that is. */
export function answerOf({ described: { responses } }: Entry): {
  readonly mediaType: string;
  readonly schema: unknown;
} {
  const done: unknown = Object.values(responses).at(0);
  const content = typeof done === 'object' && done !== null && 'content' in done && done.content;
  const mediaType = typeof content === 'object' && content ? Object.keys(content)[0] : undefined;
  return { mediaType: mediaType ?? '', schema: jsonSchemaIn(content) };
}

function jsonSchemaIn(content: unknown): unknown {
  if (typeof content !== 'object' || content === null) return undefined;
  const json: unknown = Object.entries(content).find(([type]) => type === 'application/json')?.[1];
  return typeof json === 'object' && json !== null && 'schema' in json ? json.schema : undefined;
}

/** As it is typed in a shell, with `$URL` and `$TOKEN` set. */
export function curlOf(entry: Entry): string {
  const { operation, path } = entry;
  const body = bodySchema(entry);
  const parts = [
    ...(operation.method === 'GET' ? [] : [`-X ${operation.method}`]),
    '-H "Authorization: Bearer $TOKEN"',
    ...(operation.isAction ? ['-H "Idempotency-Key: $(uuidgen)"'] : []),
    ...(body === undefined
      ? []
      : ["-H 'Content-Type: application/json'", `-d '${JSON.stringify(exampleOf(body))}'`]),
    ...(operation.answer.kind === 'file' ? ['-OJ'] : []),
    `"$URL${withExamples(path, entry)}"`,
  ];
  return `curl ${parts.join(' \\\n  ')}`;
}

/** What stands in a path's gaps, to begin with. */
const EXAMPLES: Readonly<Record<string, string>> = {
  shop: 'main',
  id: '1042',
  key: 'main%2F1042%2Finvoice',
  books: 'journal',
};

function withExamples(path: string, entry: Entry): string {
  const filled = path.replace(/\{(\w+)\}/g, (gap, name: string) => EXAMPLES[name] ?? gap);
  const query = parametersIn(entry, 'query').filter(({ required }) => required);
  if (query.length === 0) return filled;
  const given = query.map(({ name }) => `${name}=${EXAMPLES[name] ?? '…'}`);
  return `${filled}?${given.join('&')}`;
}
