import { z } from 'zod';
import { isAddressRange, isListenHost } from './addresses.js';
import { checked, count, flag, oneOrMore, secret, section } from './fields.js';

const PROXIES = 'a number of proxies, as 1, or their addresses, as [10.0.0.2, 10.1.0.0/16]';

export const serverSchema = section({
  enabled: flag()
    .default(true)
    .describe('Whether `run` starts the server; without it no webhook arrives.'),
  host: checked('an IP address or name of this machine, as 127.0.0.1', isListenHost)
    .default('127.0.0.1')
    .describe('Where it listens: 127.0.0.1 for this machine alone, 0.0.0.0 in a container.'),
  port: count('whole', 0, 65_535).default(8080).describe('Its port; 0 for any that is free.'),
  trustProxy: z
    .union([count('whole', 0, 10), oneOrMore(checked(PROXIES, isAddressRange), PROXIES)], {
      error: PROXIES,
    })
    .default(0)
    .describe(
      'Proxies before it, whose word on where a request came from is believed: how many (1 behind one nginx or caddy), or their addresses.',
    ),
  token: secret()
    .optional()
    .describe(
      'What /readyz and /metrics ask of other machines (Authorization: Bearer …). Absent: they answer this machine alone.',
    ),
});
