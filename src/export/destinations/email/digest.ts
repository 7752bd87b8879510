import { addDays, localDateOf } from '../../../orders/time.js';
import { epochMsOfLocal, type LocalTime, localDateBefore } from '../../../runtime/zoned.js';
import type { Bundling } from '../../destination.js';
import type { Enclosed } from './mail.js';

/** Once a day, when the wall clock in `zone` first shows that time or a later one. */
export function digestMoments(at: LocalTime, zone: string): Pick<Bundling, 'lastAt' | 'nextAt'> {
  const momentOn = (date: string) => epochMsOfLocal(date, at, zone);
  return {
    lastAt(now) {
      const today = localDateOf(now, zone);
      return momentOn(today) <= now ? momentOn(today) : momentOn(localDateBefore(today, zone));
    },
    nextAt(now) {
      const today = localDateOf(now, zone);
      return momentOn(today) > now ? momentOn(today) : momentOn(addDays(today, 1));
    },
  };
}

/** Heads, the text around the list, and the last boundary. */
const BESIDES_BYTES = 8000;
/** Of each document: its line in the text and the subject, where each byte may become three. */
const LINE_BYTES = 4000;
/** Of each file: its boundary and heads. */
const PART_BYTES = 600;

/** As base64, in lines of 76 characters (RFC 2045, section 6.8). */
function encodedBytes(bytes: number): number {
  return Math.ceil(bytes / 57) * 78;
}

/** At least what a mail of these is on the wire, without what every mail has. */
export function sizeOf({ files }: Pick<Enclosed, 'files'>): number {
  return files.reduce(
    (bytes, { content }) => bytes + PART_BYTES + encodedBytes(content.length),
    LINE_BYTES,
  );
}

/** What a mail of so many megabytes has room for. */
export function roomOf(megabytes: number): number {
  return megabytes * 1_000_000 - BESIDES_BYTES;
}
