import { isAddressRange } from './addresses.js';
import { checked, oneOrMore, section } from './fields.js';

const ALLOWED = 'host names, addresses or ranges, as [localhost, 10.0.0.0/8]';

export const outboundSchema = section({
  allow: oneOrMore(checked(ALLOWED, isHostOrRange), ALLOWED)
    .default([])
    .describe(
      'Where outbound webhooks may go besides the public internet, and without https: host names, addresses, ranges.',
    ),
});

function isHostOrRange(text: string): boolean {
  return isAddressRange(text) || HOST_NAME.test(text);
}

/** Its last part begins with a letter, lest a mistyped address be taken for a name. */
const HOST_NAME = /^(?:[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?\.)*[a-z](?:[a-z0-9-]*[a-z0-9])?\.?$/i;
