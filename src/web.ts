import { randomBytes } from 'node:crypto';
import { dirname, join } from 'node:path';
import type { Express } from 'express';
import { createAccess } from './access/access.js';
import { createAudit } from './access/audit.js';
import { createSessions } from './access/sessions.js';
import { tokenInFile } from './access/token-file.js';
import { type Api, createApi } from './api/api.js';
import type { App } from './app.js';
import { createChanges } from './pages/changes.js';
import type { Environment } from './pages/pasted-config.js';
import { actionRoutes } from './pages/routes/actions.js';
import { ASSET_ROUTES } from './pages/routes/assets.js';
import { attentionRoutes } from './pages/routes/attention.js';
import { auditRoutes } from './pages/routes/audit.js';
import { bookedRoutes } from './pages/routes/booked.js';
import { configurationRoutes } from './pages/routes/configuration.js';
import { deliveryRoutes } from './pages/routes/deliveries.js';
import { eventRoutes } from './pages/routes/events.js';
import { LOGIN_PATH, loginRoutes } from './pages/routes/login.js';
import { openRoutes } from './pages/routes/open.js';
import { orderRoutes } from './pages/routes/order.js';
import { overviewRoutes } from './pages/routes/overview.js';
import { proposalRoutes } from './pages/routes/proposal.js';
import { referenceRoutes } from './pages/routes/reference.js';
import { refusalPage } from './pages/routes/refusal.js';
import { runRoutes } from './pages/routes/runs.js';
import { statementRoutes } from './pages/routes/statement.js';
import { subscriptionRoutes } from './pages/routes/subscriptions.js';
import type { PageDeps } from './pages/services.js';
import { mountApi } from './server/mount-api.js';
import { mountPages } from './server/mount-pages.js';
import type { Route } from './server/route.js';
import { createOnce } from './services/once.js';

/** The page and the API, wired: who may come in, and everything that is served. */
export interface Web {
  readonly pages: readonly Route[];
  readonly api: Api;
  mount(express: Express): void;
}

/** `env`: what a pasted config may refer to, as far as the one in force does. */
export async function createWeb(app: App, env: Environment = process.env): Promise<Web> {
  const { config, store, clock } = app;
  const { users, sessionHours } = config.access;
  const own = await ownToken(app);
  const tokens = own ? [own.settings] : config.access.tokens;
  const sessions = createSessions({ store, clock, randomBytes, hours: sessionHours });
  const access = createAccess({ ...config.access, tokens }, sessions, clock);
  const audit = createAudit({ store, clock });
  const zone = config.timezone;
  const login = {
    ...{ access, audit, zone, sessionHours, hasUsers: users.length > 0 },
    ...(own && { tokenFile: own.path }),
  };
  const doOnce = createOnce(app);
  const newKey = () => randomBytes(16).toString('base64url');
  const deps: PageDeps = { app, audit, zone };
  const books = app.destinations.map(({ id }) => id);
  const api = createApi({ app, audit, doOnce });
  const pages = [
    ...ASSET_ROUTES,
    ...loginRoutes(login),
    ...overviewRoutes(deps),
    ...openRoutes(deps),
    ...attentionRoutes(deps),
    ...bookedRoutes(deps),
    ...orderRoutes(deps),
    ...actionRoutes(deps),
    ...proposalRoutes(deps),
    ...runRoutes(deps),
    ...deliveryRoutes(deps),
    ...statementRoutes(deps),
    ...subscriptionRoutes({ ...deps, doOnce, newKey }),
    ...configurationRoutes({ ...deps, env }),
    ...auditRoutes(deps),
    ...referenceRoutes(api, zone),
    ...eventRoutes(createChanges(() => store.marker(books))),
  ];
  return {
    pages,
    api,
    mount(express) {
      mountPages(express, {
        access,
        routes: pages,
        loginPath: LOGIN_PATH,
        refusal: (asked, status) => refusalPage(asked, status, zone),
      });
      mountApi(express, {
        access,
        routes: api.routes,
        onError: (error, path) => app.logger.error({ err: error, path }, 'a request failed'),
      });
    },
  };
}

/** Nobody is named in the config: a token in a file lets in whoever may read that. */
async function ownToken({ config, store }: App) {
  const { users, tokens, jwt } = config.access;
  if (users.length + tokens.length > 0 || jwt !== undefined) return undefined;
  const folder = dirname(store.kind === 'sqlite' ? config.database : config.file);
  const path = join(folder, 'orderpark.token');
  const token = await tokenInFile(path);
  return { path, settings: { name: 'file', token, role: 'admin' as const } };
}
