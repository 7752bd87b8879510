import type { Config } from './config.js';

/** What must never be logged: keys, secrets, and the passwords of addresses. */
export function secretsOf(config: Config): string[] {
  const { shops, database, secretKey, server, access, alerts, books } = config;
  return [
    ...shops.flatMap(({ consumerKey, consumerSecret, webhook }) => [
      consumerKey,
      consumerSecret,
      ...(webhook?.secrets ?? []),
      webhook?.licenseKey,
    ]),
    ...passwordOf(database),
    secretKey,
    server.token,
    ...access.users.map(({ passwordHash }) => passwordHash),
    ...access.tokens.map(({ token }) => token),
    access.jwt?.secret,
    ...(alerts.mail ? passwordOf(alerts.mail.smtp) : []),
    alerts.webhook?.secret,
    ...books.flatMap((each) => (each.type === 'email' ? passwordOf(each.smtp) : [])),
    // Chat systems put a key into the path or the query.
    ...(alerts.webhook ? [alerts.webhook.url, ...queryOf(alerts.webhook.url)] : []),
  ].flatMap((secret) => (secret === undefined || secret === '' ? [] : [secret]));
}

/** As written in an address, and as it is used. */
function passwordOf(address: string): string[] {
  const password = URL.canParse(address) ? new URL(address).password : '';
  return password === '' ? [] : [password, decoded(password)];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function queryOf(address: string): string[] {
  return URL.canParse(address) ? [...new URL(address).searchParams.values()] : [];
}
