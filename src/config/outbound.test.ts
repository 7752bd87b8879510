import { expect, test } from 'vitest';
import { secretsOf } from './secrets-of.js';
import { configOf, load, ownerFile, problemsOf } from './testing/owner-file.js';

const KEY = 'a-key-of-thirty-two-characters-at-least';
const ENV = { WC_KEY: 'ck_envkey0000', WC_SECRET: 'cs_envsecret0000', KEY };

test('without a word outbound webhooks go to the public internet alone, and no key is set', () => {
  const config = configOf(load(ownerFile()));
  expect(config.outbound).toEqual({ allow: [] });
  expect(config.secretKey).toBeUndefined();
});

test('one or several host names, addresses and ranges can be allowed', () => {
  const allowed = (text: string) =>
    configOf(load(ownerFile({ outbound: `outbound: { allow: ${text} }` }))).outbound.allow;
  expect(allowed('localhost')).toEqual(['localhost']);
  const many = [
    'localhost',
    '10.0.0.0/8',
    '192.168.1.5',
    'fd00::/8',
    'hooks.lan.',
    '_x.a-b.example',
  ];
  expect(allowed(JSON.stringify(many))).toEqual(many);
});

test.each(['10.0.0.0/99', '10.0.0', 'https://a.example', 'a b', '*.example', '', 'a..b'])(
  '%j is none of these',
  (entry) => {
    const text = ownerFile({ outbound: `outbound: { allow: [${JSON.stringify(entry)}] }` });
    expect(problemsOf(load(text))).toMatchObject([
      { path: 'outbound.allow[0]', expected: expect.stringContaining('localhost') },
    ]);
  },
);

test('the secret key comes from the environment or a file, and is never logged', () => {
  const fromEnv = load(ownerFile({ secretKey: `secretKey: \${KEY}` }), { env: ENV });
  const files = { '/shop/orderpark.key': `${KEY}\n` };
  const fromFile = load(ownerFile({ secretKey: 'secretKey: { file: orderpark.key }' }), { files });
  for (const result of [fromEnv, fromFile]) {
    expect(result).toMatchObject({ ok: true, warnings: [] });
    expect(configOf(result).secretKey).toBe(KEY);
    expect(secretsOf(configOf(result))).toContain(KEY);
  }
});

test('one that can be guessed is refused, and not shown', () => {
  const env = { ...ENV, KEY: 'only-so-many-characters' };
  const result = load(ownerFile({ secretKey: `secretKey: \${KEY}` }), { env });
  expect(problemsOf(result)).toMatchObject([
    { path: 'secretKey', expected: expect.stringContaining('at least 32') },
  ]);
  expect(JSON.stringify(result)).not.toContain(env.KEY);
});

test('one in clear is warned of', () => {
  const result = load(ownerFile({ secretKey: `secretKey: ${KEY}` }));
  expect(result.ok && result.warnings.map(({ path }) => path)).toEqual(['secretKey']);
  expect(JSON.stringify(result.ok && result.warnings)).not.toContain(KEY);
});
