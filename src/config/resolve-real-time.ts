import type { AlertsConfig, ServerConfig, WebhookConfig } from './config.js';
import type { FileConfig } from './schema.js';
import { alertsSchema } from './schema-alerts.js';
import { serverSchema } from './schema-server.js';
import { secretText } from './secret-text.js';

export function resolveServer(file: FileConfig['server']): ServerConfig {
  const { token, ...server } = file ?? serverSchema.parse({});
  return { ...server, ...(token === undefined ? {} : { token: secretText(token) }) };
}

type WebhookFile = NonNullable<FileConfig['shops'][number]['webhook']>;

export function resolveWebhook(file: WebhookFile): WebhookConfig {
  const { secret, url, licenseKey, register, maxAgeDays } = file;
  return {
    secrets: secret.map(secretText),
    register,
    maxAgeDays,
    ...(url === undefined ? {} : { url: url.replace(/\/+$/, '') }),
    ...(licenseKey === undefined ? {} : { licenseKey: secretText(licenseKey) }),
  };
}

export function resolveAlerts(file: FileConfig['alerts']): AlertsConfig {
  const { mail, webhook, remindHours } = file ?? alertsSchema.parse({});
  return {
    remindHours,
    ...(mail === undefined ? {} : { mail: { ...mail, smtp: secretText(mail.smtp) } }),
    ...(webhook === undefined ? {} : { webhook: resolveAlertWebhook(webhook) }),
  };
}

type AlertWebhookFile = NonNullable<NonNullable<FileConfig['alerts']>['webhook']>;

function resolveAlertWebhook({ url, secret }: AlertWebhookFile) {
  return { url, ...(secret === undefined ? {} : { secret: secretText(secret) }) };
}
