import type { Route } from '../../server/route.js';
import { pageContext } from '../page.js';
import type { PageDeps } from '../services.js';
import { html } from '../view/html.js';
import { Layout } from '../view/layout.js';

export function overviewRoutes(deps: PageDeps): readonly Route[] {
  return [
    {
      method: 'GET',
      path: '/',
      needs: 'read',
      handle(asked) {
        const page = pageContext(asked, deps.zone);
        return html(
          <Layout page={page} title={page.words.nav.overview}>
            <p />
          </Layout>,
        );
      },
    },
  ];
}
