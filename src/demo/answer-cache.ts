import type { DemoAnswer } from './answers.js';
import type { DemoRequest } from './routes.js';

const LARGEST = 200;

/**
 * A page cache that forgets who asks: an address is kept without its signature, and its old answer
 * comes back with the `Date` it was made at and an `Age`. Any other parameter asks past it.
 */
export class AnswerCache {
  readonly #answers = new Map<string, DemoAnswer>();

  get(request: DemoRequest): DemoAnswer | undefined {
    return request.method === 'GET' ? this.#answers.get(keyOf(request)) : undefined;
  }

  /** The first answer to an address stays, so that it is old when it comes back. */
  keep(request: DemoRequest, answer: DemoAnswer, date: string): void {
    const key = keyOf(request);
    if (this.#answers.has(key)) return;
    const oldest = this.#answers.keys().next();
    if (this.#answers.size >= LARGEST && !oldest.done) this.#answers.delete(oldest.value);
    const headers = [...answer.headers, ['Date', date], ['Age', '300']] as const;
    this.#answers.set(key, { ...answer, headers });
  }
}

function keyOf({ path, query }: DemoRequest): string {
  const kept = [...query].filter(([name]) => !/^(oauth|consumer)_/.test(name));
  return `${path}?${new URLSearchParams(kept.sort())}`;
}
