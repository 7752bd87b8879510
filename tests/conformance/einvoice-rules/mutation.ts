import type { Change } from '../../support/einvoice/samples.js';

/** A fault put into a valid document, and all the fatal rules that must speak, in alphabetical order. */
export interface Mutation {
  readonly fault: string;
  readonly changes: readonly Change[];
  readonly breaks: readonly string[];
}

/** Takes an element away, with all that is in it: the first of that name. */
export function without(element: string): Change {
  return [new RegExp(`<${element}[ >].*?</${element}>`, 's'), ''];
}
