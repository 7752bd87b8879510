import { z } from 'zod';
import type { Permission } from '../access/roles.js';
import { type FieldProblem, Problem } from '../server/problem.js';
import type { Asked, Reply, Route } from '../server/route.js';

/** What an operation answers where it was carried out. */
type Answer =
  | { readonly kind: 'json'; readonly shape: z.ZodType }
  | { readonly kind: 'file'; readonly mediaType: string };

/** One operation of the API: a route that says of itself what it takes and answers. */
export interface Operation extends Route {
  readonly id: string;
  readonly tag: string;
  /** One sentence. */
  readonly summary: string;
  readonly params: z.ZodObject;
  readonly query: z.ZodObject;
  /** Absent: it takes no body. */
  readonly body?: z.ZodObject;
  readonly answer: Answer;
  /** It changes something: it takes an `Idempotency-Key`, and is audited. */
  readonly isAction: boolean;
}

interface Spec<P extends z.ZodObject, Q extends z.ZodObject, B extends z.ZodObject> {
  readonly id: string;
  readonly tag: string;
  readonly summary: string;
  readonly path: string;
  readonly needs: Permission;
  readonly params?: P;
  readonly query?: Q;
  readonly body?: B;
}

/** A request that was found to be right. */
export interface Input<P extends z.ZodObject, Q extends z.ZodObject, B extends z.ZodObject> {
  readonly params: z.infer<P>;
  readonly query: z.infer<Q>;
  readonly body: z.infer<B>;
  readonly asked: Asked;
}

type Nothing = z.ZodObject<Record<never, never>, z.core.$strict>;
const NOTHING: Nothing = z.strictObject({});

/** An operation that only reads. */
export function reading<
  Shape extends z.ZodType,
  P extends z.ZodObject = Nothing,
  Q extends z.ZodObject = Nothing,
>(
  spec: Spec<P, Q, Nothing> & { readonly shape: Shape },
  read: (input: Input<P, Q, Nothing>) => Promise<z.input<Shape>>,
): Operation {
  const { shape, ...rest } = spec;
  return operation('GET', rest, { kind: 'json', shape }, false, async (input) => ({
    kind: 'json',
    body: await read(input),
  }));
}

/** An operation that answers a file. */
export function fetching<P extends z.ZodObject>(
  spec: Spec<P, Nothing, Nothing> & { readonly mediaType: string },
  fetch: (input: Input<P, Nothing, Nothing>) => Promise<{ name: string; content: Uint8Array }>,
): Operation {
  const { mediaType, ...rest } = spec;
  return operation('GET', rest, { kind: 'file', mediaType }, false, async (input) => ({
    kind: 'file',
    mediaType,
    ...(await fetch(input)),
  }));
}

/** What an action does; asked for twice under one key, it does it once. */
export type Once = (
  asked: Asked,
  act: () => Promise<unknown>,
  /** The answer holds a secret. */
  isSecret: boolean,
) => Promise<Reply>;

interface ActionSpec<Shape extends z.ZodType> {
  readonly shape: Shape;
  /** POST unless told. */
  readonly method?: 'POST' | 'PATCH' | 'DELETE';
  /** The answer holds a secret, which is kept sealed for who asks again under the same key. */
  readonly answersSecret?: true;
}

/** An operation that changes something. */
export function acting<
  Shape extends z.ZodType,
  P extends z.ZodObject,
  B extends z.ZodObject = Nothing,
>(
  once: Once,
  spec: Spec<P, Nothing, B> & ActionSpec<Shape>,
  act: (input: Input<P, Nothing, B>) => Promise<z.input<Shape>>,
): Operation {
  const { shape, method = 'POST', answersSecret = false, ...rest } = spec;
  return operation(method, rest, { kind: 'json', shape }, true, (input) =>
    once(input.asked, () => act(input), answersSecret),
  );
}

function operation<P extends z.ZodObject, Q extends z.ZodObject, B extends z.ZodObject>(
  method: Route['method'],
  { id, tag, summary, path, needs, params, query, body }: Spec<P, Q, B>,
  answer: Answer,
  isAction: boolean,
  handle: (input: Input<P, Q, B>) => Promise<Reply>,
): Operation {
  return {
    ...{ id, tag, summary, method, path, needs, answer, isAction },
    params: params ?? NOTHING,
    query: query ?? NOTHING,
    ...(body && { body }),
    async handle(asked) {
      const given = {
        path: check('path', params ?? NOTHING, asked.params),
        query: check('query', query ?? NOTHING, queryOf(asked.query, query ?? NOTHING)),
        body: check('body', body ?? NOTHING, asked.json ?? {}),
      };
      const errors = [given.path, given.query, given.body].flatMap((each) => each.errors);
      if (errors.length > 0) throw wrong(errors);
      return handle({
        params: given.path.value as z.infer<P>,
        query: given.query.value as z.infer<Q>,
        body: given.body.value as z.infer<B>,
        asked,
      });
    },
  };
}

/** Each thing that is wrong is named. */
export function wrong(errors: readonly FieldProblem[]): Problem {
  const what = errors.length === 1 ? 'One thing is' : `${errors.length} things are`;
  return new Problem(400, `${what} wrong; \`errors\` says which.`, { errors });
}

interface Checked {
  readonly value: unknown;
  readonly errors: readonly FieldProblem[];
}

function check(where: FieldProblem['in'], shape: z.ZodObject, given: unknown): Checked {
  const result = shape.safeParse(given);
  if (result.success) return { value: result.data, errors: [] };
  const errors = result.error.issues.flatMap((issue) => {
    const nameOf = (path: readonly PropertyKey[]) =>
      where === 'body' ? pointer(path) : String(path[0] ?? '');
    return issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({
          in: where,
          name: nameOf([...issue.path, key]).slice(0, 100),
          detail: 'There is no such field.',
        }))
      : [{ in: where, name: nameOf(issue.path), detail: issue.message }];
  });
  return { value: undefined, errors };
}

/** RFC 6901. */
function pointer(path: readonly PropertyKey[]): string {
  return path
    .map((each) => `/${String(each).replaceAll('~', '~0').replaceAll('/', '~1')}`)
    .join('');
}

/** A name that may come several times is a list; of another, several values are wrong. */
function queryOf(query: URLSearchParams, shape: z.ZodObject): Record<string, unknown> {
  const names = [...new Set(query.keys())];
  return Object.fromEntries(
    names.map((name) => {
      const values = query.getAll(name);
      const isList = Object.hasOwn(shape.shape, name) && takesList(shape.shape[name]);
      return [name, isList || values.length > 1 ? values : values[0]];
    }),
  );
}

function takesList(shape: unknown): boolean {
  if (shape instanceof z.ZodOptional) return takesList(shape.unwrap());
  return shape instanceof z.ZodArray;
}
