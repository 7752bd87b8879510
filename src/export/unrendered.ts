import type { Rendered } from '../rendering/renderer.js';
import type { Outcome } from './destination.js';

/** What follows where no file of a document could be made. */
export function unrenderedOutcome(
  rendered: Exclude<Rendered, { readonly kind: 'rendered' }>,
): Outcome {
  const { kind, reason, fix } = rendered;
  if (kind === 'refused') return { kind: 'rejected', reason, fix };
  return { kind: 'retry', scope: 'books', reason: `${reason} ${fix}` };
}
