import { createHash } from 'node:crypto';
import type { Asked, Reply } from './route.js';

/** RFC 9110: the answer with its strong tag, or that it is still what the other side has. */
export function tagged(asked: Pick<Asked, 'header'>, reply: Reply): Reply {
  if ((reply.kind !== 'json' && reply.kind !== 'file') || (reply.status ?? 200) !== 200) {
    return reply;
  }
  const content = reply.kind === 'json' ? JSON.stringify(reply.body) : reply.content;
  const tag = `"${createHash('sha256').update(content).digest('base64url')}"`;
  const headers = { ...reply.headers, ETag: tag, 'Cache-Control': 'private, no-cache' };
  if (!names(asked.header('if-none-match') ?? '', tag)) return { ...reply, headers };
  return { kind: 'file', mediaType: 'application/json', content: '', status: 304, headers };
}

/** By weak comparison, as RFC 9110 wants it of `If-None-Match`. */
function names(header: string, tag: string): boolean {
  const given = header.split(',').map((each) => each.trim().replace(/^W\//, ''));
  return given.includes(tag) || given.includes('*');
}
