import { dirname, resolve } from 'node:path';
import type { Config, ShopConfig } from './config.js';
import type { Path } from './problem.js';
import { resolveAccess } from './resolve-access.js';
import { resolveBooks } from './resolve-books.js';
import { resolveDocuments } from './resolve-documents.js';
import { resolveAlerts, resolveServer, resolveWebhook } from './resolve-real-time.js';
import { resolveSeller } from './resolve-seller.js';
import { resolveStatuses } from './resolve-statuses.js';
import { batchSchema, type FileConfig, isPostgresAddress } from './schema.js';
import { outboundSchema } from './schema-outbound.js';
import { secretText } from './secret-text.js';
import { withoutUndefined } from './without-undefined.js';

/** From a file that is right to the config: defaults, short forms and relative paths worked out. */
export function resolveConfig(
  file: FileConfig,
  path: string,
  lineOf: (path: Path) => number,
): Config {
  const folder = dirname(path);
  const { timezone, logLevel, poll, seller } = file;
  return {
    file: path,
    timezone,
    database: databaseAt(secretText(file.database), folder),
    ...(file.secretKey === undefined ? {} : { secretKey: secretText(file.secretKey) }),
    logLevel,
    poll,
    batch: file.batch ?? batchSchema.parse({}),
    shops: file.shops.map((_, index) => resolveShop(file, index, lineOf)),
    server: resolveServer(file.server),
    access: resolveAccess(file.access),
    alerts: resolveAlerts(file.alerts),
    outbound: file.outbound ?? outboundSchema.parse({}),
    seller: resolveSeller(seller),
    documents: resolveDocuments(file, lineOf),
    books: file.books.map((books) => resolveBooks(books, folder)),
  };
}

function resolveShop(file: FileConfig, index: number, lineOf: (path: Path) => number): ShopConfig {
  const shop = file.shops[index];
  if (!shop) throw new RangeError(`no shop ${index}`);
  const { statuses, consumerKey, consumerSecret, webhook, ...rest } = shop;
  return {
    ...withoutUndefined(rest),
    url: shop.url.replace(/\/+$/, ''),
    consumerKey: secretText(consumerKey),
    consumerSecret: secretText(consumerSecret),
    statuses: resolveStatuses(statuses, ['shops', index, 'statuses'], lineOf),
    ...(webhook === undefined ? {} : { webhook: resolveWebhook(webhook) }),
    books: shop.books ?? file.books.map(({ id }) => id),
  };
}

function databaseAt(database: string, folder: string): string {
  return isPostgresAddress(database) ? database : resolve(folder, database);
}
