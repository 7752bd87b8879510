import type { ComponentChildren } from 'preact';
import type { Permission } from '../../access/roles.js';
import { FORM_TOKEN_FIELD } from '../../server/mount-pages.js';
import type { PageContext } from '../page.js';
import { PAGE_LANGUAGES, wordsIn } from '../words/languages.js';
import type { Words } from '../words/words.js';

/** The pages of the menu, in its order. */
const MENU: readonly {
  readonly path: string;
  readonly name: Exclude<keyof Words['nav'], 'label' | 'skip' | 'menu'>;
  readonly needs: Permission;
}[] = [
  { path: '/', name: 'overview', needs: 'read' },
  { path: '/open', name: 'open', needs: 'read' },
  { path: '/attention', name: 'attention', needs: 'read' },
  { path: '/booked', name: 'booked', needs: 'read' },
  { path: '/statement', name: 'statement', needs: 'read' },
  { path: '/runs', name: 'runs', needs: 'read' },
  { path: '/deliveries', name: 'deliveries', needs: 'read' },
  { path: '/subscriptions', name: 'subscriptions', needs: 'notify' },
  { path: '/configuration', name: 'configuration', needs: 'configure' },
  { path: '/audit', name: 'audit', needs: 'configure' },
  { path: '/api/docs', name: 'api', needs: 'read' },
];

interface LayoutProps {
  readonly page: PageContext;
  readonly title: string;
  /** One sentence under the title. */
  readonly lead?: string;
  /** It is not read again when something happens: what it shows or was typed into it would be lost. */
  readonly isStill?: boolean;
  /** There is nothing but this: no menu, and nothing to log out of. */
  readonly isAlone?: boolean;
  readonly children: ComponentChildren;
}

/** A whole page: head, menu, title, content. */
export function Layout({
  page,
  title,
  lead,
  isStill = false,
  isAlone = false,
  children,
}: LayoutProps) {
  const { words, language, asked } = page;
  const isLive = asked.principal !== undefined && asked.method === 'GET' && !isStill && !isAlone;
  return (
    <html lang={language}>
      <head>
        <meta charset="utf-8" />
        <title>{`${title} · ${words.product}`}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <link rel="icon" href="/assets/icon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="/assets/style.css" />
        <script type="module" src="/assets/live.js" />
      </head>
      <body>
        <a class="skip" href="#content">
          {words.nav.skip}
        </a>
        <header class="top">
          <a class="brand" href="/">
            <span class="mark" aria-hidden="true" />
            {words.product}
          </a>
          {asked.principal && !isAlone && <Menu page={page} />}
          <Session page={page} hasLogOut={asked.principal !== undefined && !isAlone} />
        </header>
        {/* What a form led to is not to be had by asking again. */}
        <main id="content" data-live={isLive ? '' : undefined}>
          <div class="title">
            <h1>{title}</h1>
            {lead && <p class="lead">{lead}</p>}
          </div>
          {children}
        </main>
      </body>
    </html>
  );
}

function Menu({ page }: { readonly page: PageContext }) {
  const { words, asked } = page;
  return (
    <nav class="menu" aria-label={words.nav.label}>
      <ul>
        {MENU.filter(({ needs }) => page.may(needs)).map(({ path, name }) => (
          <li key={path}>
            <a href={path} aria-current={isWithin(asked.path, path) ? 'page' : undefined}>
              {words.nav[name]}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function isWithin(here: string, path: string): boolean {
  return path === '/' ? here === '/' : here === path || here.startsWith(`${path}/`);
}

function Session({ page, hasLogOut }: { readonly page: PageContext; readonly hasLogOut: boolean }) {
  const { words, language, asked } = page;
  const others = PAGE_LANGUAGES.filter((each) => each !== language);
  return (
    <div class="session">
      {others.map((each) => (
        <a key={each} href={`/language/${each}`} hreflang={each} lang={each}>
          {wordsIn(each).language}
        </a>
      ))}
      {asked.principal && hasLogOut && (
        <form method="post" action="/logout">
          <FormToken page={page} />
          <button
            type="submit"
            class="quiet"
            title={words.common.loggedInAs(asked.principal.name, asked.principal.role)}
          >
            {words.common.logOut}
          </button>
        </form>
      )}
    </div>
  );
}

/** Stands in every form that changes something. */
export function FormToken({ page }: { readonly page: PageContext }) {
  return <input type="hidden" name={FORM_TOKEN_FIELD} value={page.asked.formToken} />;
}
