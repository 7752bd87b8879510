import type { Route } from '../../server/route.js';
import { ICON } from '../assets/icon.js';
import { LIVE_SCRIPT } from '../assets/live.js';
import { STYLE } from '../assets/style.js';

/** What pages are dressed with. It holds nothing of anybody, and so needs nobody to log in. */
export const ASSET_ROUTES: readonly Route[] = [
  asset('/assets/style.css', 'text/css; charset=utf-8', STYLE),
  asset('/assets/live.js', 'text/javascript; charset=utf-8', LIVE_SCRIPT),
  asset('/assets/icon.svg', 'image/svg+xml', ICON),
];

function asset(path: string, mediaType: string, content: string): Route {
  return {
    method: 'GET',
    path,
    needs: null,
    handle: () => ({
      kind: 'file',
      mediaType,
      content,
      headers: { 'Cache-Control': 'public, max-age=300' },
    }),
  };
}
