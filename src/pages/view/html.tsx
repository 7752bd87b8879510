import type { VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';
import type { Reply } from '../../server/route.js';

/** A page as it is sent. */
export function html(page: VNode, status = 200): Reply {
  return { kind: 'html', status, html: `<!doctype html>${renderToString(page)}` };
}
