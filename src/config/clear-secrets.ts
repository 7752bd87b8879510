import { isScalar } from 'yaml';
import { interpolate } from './interpolate.js';
import { secretPart, secretPathsOf } from './secrets.js';
import { type Source, writtenText } from './source.js';
import type { Finding } from './zod-issues.js';

/** Secrets that stand in the file itself, where a backup or a screen shows them. */
export function clearSecretFindings(
  source: Source,
  root: unknown,
  worldReadable: boolean,
): Finding[] {
  return secretPathsOf(root).flatMap((path): Finding[] => {
    const node = source.nodeAt(path);
    if (!isScalar(node) || !isClear(secretPart(path, writtenText(node)))) return [];
    return [
      {
        kind: 'wrong',
        path,
        message: worldReadable
          ? 'is a secret in clear, in a file that every user of this machine can read'
          : 'is a secret in clear',
        expected: worldReadable ? `${ELSEWHERE}, and chmod 600 on this file` : ELSEWHERE,
      },
    ];
  });
}

const ELSEWHERE = 'a reference to an environment variable, or { file: path }';

/** Some of it, a default too, is there without the environment. */
function isClear(written: string | undefined): boolean {
  return written !== undefined && interpolate(written, {}).text !== '';
}
