import type { Asked, Reply } from '../../server/route.js';
import { pageContext } from '../page.js';
import { html } from '../view/html.js';
import { Layout } from '../view/layout.js';

/** Why a page cannot be shown, or a form was not taken. */
export function refusalPage(asked: Asked, status: 403 | 404 | 413 | 429, zone: string): Reply {
  const page = pageContext(asked, zone);
  const { refused } = page.words;
  return html(
    <Layout page={page} title={refused.title}>
      <p>{refused[status]}</p>
      <p>
        <a href="/">{refused.back}</a>
      </p>
    </Layout>,
    status,
  );
}
