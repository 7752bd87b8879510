import { expect, test } from 'vitest';
import { secretsOf } from './secrets-of.js';
import { configOf, load, ownerFile, problemsOf } from './testing/owner-file.js';

const SECRET = 'a-secret-of-enough-length';
const ENV = {
  WC_KEY: 'ck_envkey0000',
  WC_SECRET: 'cs_envsecret0000',
  HOOK: SECRET,
  OLD: 'the-secret-before-this-one',
  SHORT: 'short',
  TOKEN: 'a-token-of-enough-length',
};

interface Blocks {
  /** Of the shop, inline. */
  readonly webhook?: string;
  readonly url?: string;
  readonly more?: string;
}

function file({ webhook, url = 'https://shop.example.com', more = '' }: Blocks): string {
  const own = webhook === undefined ? '' : `, webhook: ${webhook}`;
  return ownerFile({
    shops: `shops:\n  - { id: main, url: "${url}", since: 2026-01-01, consumerKey: \${WC_KEY}, consumerSecret: \${WC_SECRET}${own} }`,
    more,
  });
}

function configWith(blocks: Blocks) {
  return configOf(load(file(blocks), { env: ENV }));
}

/** `path: message`, of warnings. */
function warningsWith(blocks: Blocks): string[] {
  const result = load(file(blocks), { env: ENV });
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.warnings.map(({ path, message }) => `${path} ${message}`);
}

function pathsOfProblems(blocks: Blocks): string[] {
  return problemsOf(load(file(blocks), { env: ENV })).map(({ path }) => path);
}

test('without a word the server listens on this machine alone, no shop sends, and nobody is told', () => {
  const { server, alerts, shops } = configWith({});
  expect(server).toEqual({ enabled: true, host: '127.0.0.1', port: 8080, trustProxy: 0 });
  expect(alerts).toEqual({ remindHours: 24 });
  expect(shops[0]).not.toHaveProperty('webhook');
  expect(warningsWith({})).toEqual([]);
});

test('a webhook needs its secret, and nothing else', () => {
  expect(configWith({ webhook: `{ secret: \${HOOK} }` }).shops[0]?.webhook).toEqual({
    secrets: [SECRET],
    register: false,
    maxAgeDays: 92,
  });
  expect(pathsOfProblems({ webhook: '{ maxAgeDays: 30 }' })).toEqual(['shops[0].webhook.secret']);
});

test('every key of a webhook arrives, its address without the slash at its end', () => {
  const webhook = `{ secret: [\${HOOK}, \${OLD}], url: "https://park.example.com/hooks/", register: true, licenseKey: \${TOKEN}, maxAgeDays: 30 }`;
  expect(configWith({ webhook }).shops[0]?.webhook).toEqual({
    secrets: [ENV.HOOK, ENV.OLD],
    url: 'https://park.example.com/hooks',
    register: true,
    licenseKey: ENV.TOKEN,
    maxAgeDays: 30,
  });
});

test('secrets of a webhook are read from files, each of two', () => {
  const webhook = '{ secret: [{ file: ./new }, { file: ./old }], licenseKey: { file: ./key } }';
  const files = { '/shop/new': `${SECRET}\n`, '/shop/old': `${ENV.OLD}\n`, '/shop/key': 'L1\n' };
  const result = load(file({ webhook }), { env: ENV, files });
  expect(configOf(result).shops[0]?.webhook).toMatchObject({
    secrets: [SECRET, ENV.OLD],
    licenseKey: 'L1',
  });
  expect(result).toMatchObject({ warnings: [] });
});

test.each([
  ['three secrets', `{ secret: [\${HOOK}, \${OLD}, \${TOKEN}] }`, 'shops[0].webhook.secret'],
  ['no secret in the list', '{ secret: [] }', 'shops[0].webhook.secret'],
  [
    'an address with a password',
    `{ secret: \${HOOK}, url: "https://a:b@x.nl" }`,
    'shops[0].webhook.url',
  ],
  ['an address without https://', `{ secret: \${HOOK}, url: x.nl }`, 'shops[0].webhook.url'],
  [
    'register without an address',
    `{ secret: \${HOOK}, register: true }`,
    'shops[0].webhook.register',
  ],
  ['an age of no days', `{ secret: \${HOOK}, maxAgeDays: 0 }`, 'shops[0].webhook.maxAgeDays'],
  ['a misspelt key', `{ secrets: \${HOOK} }`, 'shops[0].webhook.secrets'],
])('%s is refused', (_, webhook, path) => {
  expect(pathsOfProblems({ webhook })).toEqual([path]);
});

test('two shops cannot have one license key: it alone tells them apart', () => {
  const shop = (id: string) =>
    `  - { id: ${id}, url: "https://${id}.example", since: 2026-01-01, consumerKey: \${WC_KEY}, consumerSecret: \${WC_SECRET}, webhook: { secret: \${HOOK}, licenseKey: \${TOKEN} } }`;
  const problems = problemsOf(
    load(ownerFile({ shops: `shops:\n${shop('a')}\n${shop('b')}` }), { env: ENV }),
  );
  expect(problems).toMatchObject([
    { path: 'shops[1].webhook.licenseKey', message: 'is the license key of shops[0] already' },
  ]);
  expect(JSON.stringify(problems)).not.toContain(ENV.TOKEN);
});

test.each([
  ['https://park.example.com', []],
  ['https://park.example.com:8080/a', []],
  ['https://park.example.com:8443', ['port 8443']],
  ['http://park.example.com', ['not encrypted']],
  ['https://10.1.2.3', ['private']],
  ['https://172.31.0.1', ['private']],
  ['https://172.32.0.1', []],
  ['https://192.168.1.5:3000', ['port 3000', 'private']],
  ['https://127.0.0.1', ['private']],
  ['https://localhost', ['private']],
  ['https://[2001:db8::1]', ['private']],
  ['https://park.local', ['private']],
  ['https://park', ['private']],
])('WordPress delivers to %s, but for %j', (url, told) => {
  const warnings = warningsWith({
    webhook: `{ secret: \${HOOK}, url: "${url}" }`,
    more: 'server: { trustProxy: 1 }',
  });
  expect(warnings).toHaveLength(told.length);
  for (const [index, words] of told.entries()) {
    expect(warnings[index]).toMatch(/^shops\[0\]\.webhook\.url /);
    expect(warnings[index]).toContain(words);
  }
});

test('to its own host a shop delivers, private or not', () => {
  const webhook = `{ secret: \${HOOK}, url: "https://10.0.0.2" }`;
  expect(warningsWith({ webhook, url: 'https://10.0.0.2' })).toEqual([]);
});

test.each([
  ['whsec&amp;0003-and-more-of-it', true],
  ['whsec&#039;0003-and-more-of-it', true],
  ['whsec&x27;0003-and-more-of-it', true],
  ['whsec&0003-and-more-of-it<>"', false],
  ['whsec & 0003; and more of it', false],
])('the secret %j has an HTML entity: %s', (secret, has) => {
  const result = load(file({ webhook: `{ secret: \${HOOK} }` }), { env: { ...ENV, HOOK: secret } });
  const warnings = result.ok ? result.warnings : [];
  expect(warnings.map(({ path }) => path)).toEqual(has ? ['shops[0].webhook.secret'] : []);
  expect(JSON.stringify(result.ok && result.warnings)).not.toContain('0003');
});

test('a short secret is warned of, at its place in a list', () => {
  expect(warningsWith({ webhook: `{ secret: [\${HOOK}, \${SHORT}] }` })).toEqual([
    'shops[0].webhook.secret[1] has only 5 characters, which can be guessed',
  ]);
});

test('a public address and a server on this machine alone: the proxy between must be told of', () => {
  const webhook = `{ secret: \${HOOK}, url: "https://park.example.com" }`;
  expect(warningsWith({ webhook })).toEqual([expect.stringContaining('reached through a proxy')]);
  expect(warningsWith({ webhook, more: 'server: { trustProxy: 1 }' })).toEqual([]);
  const outside = `server: { host: 0.0.0.0, token: \${TOKEN} }`;
  expect(warningsWith({ webhook, more: outside })).toEqual([]);
});

test.each([
  ['0', 0],
  ['2', 2],
  ['10.0.0.2', ['10.0.0.2']],
  ['[10.0.0.0/8, "::1"]', ['10.0.0.0/8', '::1']],
])('trustProxy: %s is %j', (written, expected) => {
  const { server } = configWith({ more: `server: { trustProxy: ${written} }` });
  expect(server.trustProxy).toEqual(expected);
});

test.each(['yes', '11', '-1', '10.0.0.0/33', '[]', '[nginx]'])(
  'trustProxy: %s is refused',
  (written) => {
    const [path] = pathsOfProblems({ more: `server: { trustProxy: ${written} }` });
    expect(path).toMatch(/^server\.trustProxy/);
  },
);

test('a server beyond this machine is warned of, unless its pages ask for a token', () => {
  expect(warningsWith({ more: 'server: { host: 0.0.0.0 }' })).toEqual([
    'server.host can be reached from other machines, without encryption',
  ]);
  expect(warningsWith({ more: 'server: { host: "::1" }' })).toEqual([]);
  expect(warningsWith({ more: `server: { host: "::", token: \${TOKEN} }` })).toEqual([]);
  expect(warningsWith({ more: 'server: { host: 0.0.0.0, enabled: false }' })).toEqual([]);
});

test('a server that is off, with webhooks that would come, is warned of', () => {
  const more = 'server: { enabled: false }';
  expect(warningsWith({ more })).toEqual([]);
  expect(warningsWith({ more, webhook: `{ secret: \${HOOK} }` })).toEqual([
    'server.enabled keeps every webhook out, and a shop has some',
  ]);
});

test('who is told: one address or several, by mail and to a program', () => {
  const alerts = (to: string) =>
    `alerts: { mail: { smtp: "smtps://me:\${TOKEN}@mail.example.com", from: Orderpark <a@example.com>, to: ${to} }, webhook: { url: "https://x.example/y?key=z", secret: \${HOOK} }, remindHours: 6 }`;
  const one = configWith({ more: alerts('b@example.com') });
  expect(one.alerts).toEqual({
    mail: {
      smtp: `smtps://me:${ENV.TOKEN}@mail.example.com`,
      from: 'Orderpark <a@example.com>',
      to: ['b@example.com'],
    },
    webhook: { url: 'https://x.example/y?key=z', secret: SECRET },
    remindHours: 6,
  });
  expect(warningsWith({ more: alerts('[b@example.com, c@example.com]') })).toEqual([]);
});

test.each([
  'mail.example.com:587',
  'https://mail.example.com',
  'smtp://me:wo/rd@mail.example.com',
  'smtp://',
])('%s is no mail server', (smtp) => {
  const more = `alerts: { mail: { smtp: "${smtp}", from: a@example.com, to: a@example.com } }`;
  expect(pathsOfProblems({ more })).toEqual(['alerts.mail.smtp']);
});

test.each(['nobody', 'a@b c@d', '<a@b', 'a@b, c@d'])('%s is no address of mail', (from) => {
  const more = `alerts: { mail: { smtp: "smtp://x", from: "${from}", to: a@example.com } }`;
  expect(pathsOfProblems({ more })).toEqual(['alerts.mail.from']);
});

const CLEAR = 'hunter2hunter2hunter2';

test.each([
  ['webhook.secret', { webhook: `{ secret: ${CLEAR} }` }],
  ['webhook.secret[1]', { webhook: `{ secret: [\${HOOK}, ${CLEAR}] }` }],
  ['webhook.licenseKey', { webhook: `{ secret: \${HOOK}, licenseKey: ${CLEAR} }` }],
  ['server.token', { more: `server: { token: ${CLEAR} }` }],
  [
    'alerts.mail.smtp',
    { more: `alerts: { mail: { smtp: "smtp://me:${CLEAR}@x", from: a@b, to: a@b } }` },
  ],
  [
    'alerts.webhook.secret',
    { more: `alerts: { webhook: { url: "https://x.y", secret: ${CLEAR} } }` },
  ],
])('a %s in clear is warned of, and never shown', (path, blocks: Blocks) => {
  const result = load(file(blocks), { env: ENV });
  const warnings = result.ok ? result.warnings : [];
  expect(warnings).toMatchObject([{ path: expect.stringContaining(path) }]);
  expect(JSON.stringify(warnings)).not.toContain('hunter2');
});

test.each([
  ['a secret in a wrong list', { webhook: `{ secret: [${CLEAR}, ${CLEAR}1, ${CLEAR}2] }` }],
  ['secrets under a misspelt key', { webhook: `{ secrets: [${CLEAR}] }` }],
  ['secrets in a misspelt group', { more: `servr: { token: ${CLEAR}, tokens: [${CLEAR}] }` }],
  [
    'a mail server without its scheme',
    { more: `alerts: { mail: { smtp: "me:${CLEAR}@x", from: a@b, to: a@b } }` },
  ],
  [
    'a mail server from the environment',
    { more: `alerts: { mail: { smtp: \${MAIL}, from: a@b, to: a@b } }` },
  ],
  ['a list in a broken line', { more: `server: { tokens: [${CLEAR}, "x` }],
])('no problem shows %s', (_, blocks: Blocks) => {
  const env = { ...ENV, MAIL: `me:${CLEAR}@x` };
  const problems = problemsOf(load(file(blocks), { env }));
  expect(problems.length).toBeGreaterThan(0);
  expect(JSON.stringify(problems)).not.toContain('hunter2');
});

test('every secret of the config is known to the log', () => {
  const webhook = `{ secret: [\${HOOK}, \${OLD}], licenseKey: license-key }`;
  const more = [
    'database: "postgres://me:da%40ta@db/x"',
    `server: { token: \${TOKEN} }`,
    'alerts: { mail: { smtp: "smtp://me:ma%2Fil@x", from: a@b, to: a@b }, webhook: { url: "https://x.y/?key=query-key", secret: signing } }',
  ].join('\n');
  expect(secretsOf(configWith({ webhook, more })).sort()).toEqual(
    [
      ENV.WC_KEY,
      ENV.WC_SECRET,
      ENV.HOOK,
      ENV.OLD,
      'license-key',
      'da%40ta',
      'da@ta',
      ENV.TOKEN,
      'ma%2Fil',
      'ma/il',
      'https://x.y/?key=query-key',
      'query-key',
      'signing',
    ].sort(),
  );
});
