import type { Logger } from '../runtime/logger.js';
import type { Channel } from './channel.js';
import { createMailChannel } from './mail.js';
import { createWebhookChannel } from './webhook.js';

/** As the owner set them in the config. */
export interface ChannelSettings {
  readonly mail?: { readonly smtp: string; readonly from: string; readonly to: readonly string[] };
  readonly webhook?: { readonly url: string; readonly secret?: string };
}

export function createChannels(
  { mail, webhook }: ChannelSettings,
  more: { readonly zone: string; readonly logger: Logger },
): readonly Channel[] {
  return [
    ...(mail ? [createMailChannel({ ...mail, ...more })] : []),
    ...(webhook ? [createWebhookChannel(webhook)] : []),
  ];
}
