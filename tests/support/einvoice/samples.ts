import { readFileSync } from 'node:fs';
import { specPath } from './specs.js';

/** What is put in place of what. */
export type Change = readonly [from: string | RegExp, to: string];

/** An official sample, by its file's name. */
export function sample(name: string): string {
  return readFileSync(specPath(`samples/${name}`), 'utf8');
}

/** Each change is made once, or wherever a global expression matches. @throws where nothing matches */
export function changed(xml: string, changes: readonly Change[]): string {
  return changes.reduce((text, [from, to]) => {
    const next = text.replace(from, to);
    if (next === text) throw new Error(`Nothing to change: ${from}`);
    return next;
  }, xml);
}
