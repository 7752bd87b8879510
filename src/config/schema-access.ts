import { count, flag, list, matching, oneOf, secret, section, text } from './fields.js';

const ROLES = ['viewer', 'accountant', 'operator', 'admin'] as const;

const role = () =>
  oneOf(ROLES).describe(
    'viewer sees; accountant and operator also decide (operator manages outbound webhooks too); admin sees the configuration as well.',
  );

const name = () =>
  matching(/^[A-Za-z0-9][\w.@-]{0,63}$/, 'a name of letters, digits and . _ @ -').describe(
    'Name to log in with, and in the list of who did what.',
  );

/** `access/password.ts` makes and reads them. */
const HASH = /^scrypt:\d{1,8}:\d{1,2}:\d{1,2}:[\w-]{16,}:[\w-]{43}$/;
const HASHED = 'what `orderpark access hash` prints, and no password in clear';

const user = section({
  name: name(),
  password: secret(HASHED, (value) => HASH.test(value)).describe(
    'Hash of the password: `orderpark access hash` makes it.',
  ),
  role: role(),
});

const SHORTEST_TOKEN = 24;
const LONG = `at least ${SHORTEST_TOKEN} random characters, as \`openssl rand -hex 32\` makes them`;

const token = section({
  name: name(),
  token: secret(LONG, (value) => value.length >= SHORTEST_TOKEN).describe(
    'The token itself: `openssl rand -hex 32` makes one.',
  ),
  role: role(),
});

const jwt = section({
  secret: secret(LONG, (value) => value.length >= SHORTEST_TOKEN)
    .optional()
    .describe('Shared secret of tokens signed with HS256.'),
  publicKey: secret('a public key, PEM', (value) => value.includes('BEGIN PUBLIC KEY'))
    .optional()
    .describe('Public key (PEM) of tokens signed with EdDSA; wins over a secret.'),
  issuer: text().optional().describe('What `iss` must be.'),
  audience: text().optional().describe('What `aud` must be.'),
}).refine(({ secret: shared, publicKey }) => shared !== undefined || publicKey !== undefined, {
  error: 'secret or publicKey',
});

export const accessSchema = section({
  users: list(user, 'a list of users').default([]).describe('People who log in on the page.'),
  tokens: list(token, 'a list of tokens')
    .default([])
    .describe('Tokens for programs, and for people who log in with one.'),
  jwt: jwt.optional().describe('JSON Web Tokens for programs, with the claims sub, role and exp.'),
  sessionHours: count('whole', 1, 24 * 30)
    .default(12)
    .describe('After how many hours one has to log in again.'),
  maskPersonalData: flag()
    .default(false)
    .describe('Whether names and addresses are masked in what shops sent, where it is shown raw.'),
});
