import type { Reply } from './route.js';

/** One thing that is wrong with a request. */
export interface FieldProblem {
  readonly in: 'path' | 'query' | 'header' | 'body';
  /** The parameter; of a body, a JSON pointer (RFC 6901). */
  readonly name: string;
  readonly detail: string;
}

const TITLES = {
  400: 'The request is wrong',
  401: 'Who are you?',
  403: 'Not allowed',
  404: 'Not found',
  405: 'Method not allowed',
  406: 'Not in that media type',
  409: 'In conflict',
  413: 'Too large',
  415: 'Unsupported media type',
  422: 'Cannot be done',
  429: 'Too many requests',
  500: 'Something went wrong',
  502: 'The shop did not answer',
} as const;
export type ProblemStatus = keyof typeof TITLES;

interface ProblemMore {
  readonly errors?: readonly FieldProblem[];
  readonly headers?: Readonly<Record<string, string>>;
  /** What a person can do. */
  readonly fix?: string;
}

/** Why a request was not carried out; answered as RFC 9457 says. */
export class Problem extends Error {
  override readonly name = 'Problem';
  constructor(
    readonly status: ProblemStatus,
    /** One sentence for a person. */
    readonly detail: string,
    readonly more: ProblemMore = {},
  ) {
    super(detail);
  }
}

export const PROBLEM_MEDIA_TYPE = 'application/problem+json';

export function problemReply({ status, detail, more }: Problem): Reply {
  const { errors, fix, headers } = more;
  return {
    kind: 'json',
    mediaType: PROBLEM_MEDIA_TYPE,
    status,
    ...(headers && { headers }),
    body: {
      type: 'about:blank',
      title: TITLES[status],
      status,
      detail,
      ...(fix !== undefined && { fix }),
      ...(errors && { errors }),
    },
  };
}
