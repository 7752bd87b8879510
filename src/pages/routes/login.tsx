import type { Access } from '../../access/access.js';
import type { Audit } from '../../access/audit.js';
import type { Principal } from '../../access/principal.js';
import { SESSION_COOKIE } from '../../server/mount-pages.js';
import type { Asked, Reply, Route } from '../../server/route.js';
import { type PageContext, pageContext } from '../page.js';
import { html } from '../view/html.js';
import { Layout } from '../view/layout.js';
import { LANGUAGE_COOKIE, PAGE_LANGUAGES } from '../words/languages.js';

export const LOGIN_PATH = '/login';

export interface LoginDeps {
  readonly access: Access;
  readonly audit: Audit;
  readonly zone: string;
  readonly sessionHours: number;
  /** People with names and passwords are configured. */
  readonly hasUsers: boolean;
  /** Where the token is kept, where nobody is named in the config. */
  readonly tokenFile?: string;
}

export function loginRoutes(deps: LoginDeps): readonly Route[] {
  const show = (asked: Asked, isWrong: boolean) =>
    html(
      <LoginPage page={pageContext(asked, deps.zone)} deps={deps} isWrong={isWrong} />,
      isWrong ? 401 : 200,
    );
  return [
    { method: 'GET', path: LOGIN_PATH, needs: null, handle: (asked) => show(asked, false) },
    {
      method: 'POST',
      path: LOGIN_PATH,
      needs: null,
      async handle(asked) {
        const principal = await principalOf(asked, deps.access);
        await deps.audit.login(asked, principal);
        return principal === undefined ? show(asked, true) : logIn(asked, principal, deps);
      },
    },
    {
      method: 'POST',
      path: '/logout',
      needs: 'read',
      async handle(asked) {
        await deps.access.sessions.close(asked.cookie(SESSION_COOKIE) ?? '');
        return { kind: 'redirect', to: LOGIN_PATH, cookies: [{ name: SESSION_COOKIE, value: '' }] };
      },
    },
    LANGUAGE_ROUTE,
  ];
}

/** The choice of a language, which a cookie remembers. */
export const LANGUAGE_ROUTE: Route = {
  method: 'GET',
  path: '/language/:language',
  needs: null,
  handle: chooseLanguage,
};

async function principalOf({ form }: Asked, access: Access): Promise<Principal | undefined> {
  const token = form.get('token')?.trim() ?? '';
  if (token !== '') return access.byToken(token);
  return access.byPassword(form.get('name') ?? '', form.get('password') ?? '');
}

async function logIn(asked: Asked, principal: Principal, deps: LoginDeps): Promise<Reply> {
  const cookie = await deps.access.sessions.open(principal.name);
  const seconds = deps.sessionHours * 3600;
  return {
    kind: 'redirect',
    to: localPath(asked.form.get('to')),
    cookies: [{ name: SESSION_COOKIE, value: cookie, seconds }],
  };
}

const YEAR_SECONDS = 365 * 86_400;

function chooseLanguage(asked: Asked): Reply {
  const chosen = PAGE_LANGUAGES.find((each) => each === asked.params['language']) ?? 'en';
  const cookie = { name: LANGUAGE_COOKIE, value: chosen, seconds: YEAR_SECONDS, isOpen: true };
  return { kind: 'redirect', to: refererPath(asked), cookies: [cookie] };
}

function refererPath(asked: Asked): string {
  const referer = asked.header('referer') ?? '';
  if (!URL.canParse(referer)) return '/';
  const { host, pathname, search } = new URL(referer);
  return host === asked.header('host') ? localPath(pathname + search) : '/';
}

/** A path of this site and never another site's address, as `//evil.example` is one. */
export function localPath(path: string | null): string {
  const base = 'http://here.invalid';
  if (path === null || !path.startsWith('/') || !URL.canParse(path, base)) return '/';
  const { origin, pathname, search } = new URL(path, base);
  return origin === base ? pathname + search : '/';
}

interface LoginProps {
  readonly page: PageContext;
  readonly deps: LoginDeps;
  readonly isWrong: boolean;
}

function LoginPage({ page, deps, isWrong }: LoginProps) {
  const { words, asked } = page;
  const to = localPath(asked.form.get('to') ?? asked.query.get('to'));
  return (
    <Layout page={page} title={words.login.title}>
      <div class="narrow">
        {isWrong && (
          <p class="note bad" role="alert">
            {words.login.wrong}
          </p>
        )}
        {deps.hasUsers && (
          <section>
            <h2>{words.login.withName}</h2>
            <form method="post" action={LOGIN_PATH}>
              <input type="hidden" name="to" value={to} />
              <label>
                {words.login.name}
                <input name="name" autocomplete="username" required />
              </label>
              <label>
                {words.login.password}
                <input type="password" name="password" autocomplete="current-password" required />
              </label>
              <div class="actions">
                <button type="submit">{words.login.submit}</button>
              </div>
            </form>
          </section>
        )}
        <section>
          <h2>{words.login.withToken}</h2>
          {deps.tokenFile !== undefined && <p>{words.login.tokenFile(deps.tokenFile)}</p>}
          <form method="post" action={LOGIN_PATH}>
            <input type="hidden" name="to" value={to} />
            <label>
              {words.login.token}
              <input type="password" name="token" autocomplete="off" required />
            </label>
            <div class="actions">
              <button type="submit" class={deps.hasUsers ? 'second' : undefined}>
                {words.login.submit}
              </button>
            </div>
          </form>
        </section>
      </div>
    </Layout>
  );
}
