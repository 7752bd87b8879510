import { visibleText } from '../visible-text.js';

/** What XML 1.0 cannot hold besides what is never visible (production 2, Char). */
const IMPOSSIBLE = /[\ufffe\uffff]/gu;

/** One line of visible text that XML can hold; escaping is the writer's. */
export function xmlText(text: string): string {
  return visibleText(text).replace(IMPOSSIBLE, '\ufffd');
}
