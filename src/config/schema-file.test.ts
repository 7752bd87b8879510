import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { configJsonSchema, type JsonSchema } from './json-schema.js';
import { loadConfig } from './load.js';

const folder = new URL('../../config/', import.meta.url);
const read = (name: string) => readFileSync(new URL(name, folder), 'utf8');
const written = JSON.parse(read('orderpark.schema.json'));

const EXAMPLE_ENV = {
  WC_CONSUMER_KEY: 'ck_example',
  WC_CONSUMER_SECRET: 'cs_example',
  WC_WEBHOOK_SECRET: 'a-secret-of-an-example',
  WC_LICENSE_KEY: 'a-license-of-an-example',
  ORDERPARK_SECRET_KEY: 'a-secret-key-of-an-example-of-32-characters',
  ORDERPARK_TOKEN: 'a-token-of-an-example',
  SMTP_PASSWORD: 'word',
  ALERT_SECRET: 'another-of-an-example',
  EVA_PASSWORD_HASH: `scrypt:32768:8:3:${'s'.repeat(22)}:${'h'.repeat(43)}`,
  REPORTS_TOKEN: 'a-token-of-an-example-that-is-long',
  JWT_SECRET: 'a-secret-of-an-example-that-is-long',
};
const DEMO_ENV = {
  DEMO_FOLDER: '/tmp/demo',
  DEMO_SHOP_URL: 'http://127.0.0.1:8080',
  DEMO_CONSUMER_KEY: 'ck_demo',
  DEMO_CONSUMER_SECRET: 'cs_demo',
  DEMO_SMTP: 'smtp://127.0.0.1:2525',
};

function keysIn(schema: JsonSchema): string[] {
  const below = [
    ...Object.values(schema.properties ?? {}),
    ...(schema.anyOf ?? []),
    ...(schema.oneOf ?? []),
    ...(schema.items ? [schema.items] : []),
  ];
  return [...Object.keys(schema.properties ?? {}), ...below.flatMap(keysIn)];
}

function undescribed(schema: JsonSchema, path = ''): string[] {
  const here = Object.entries(schema.properties ?? {}).flatMap(([key, property]) => [
    ...(property.description ? [] : [`${path}.${key}`]),
    ...undescribed(property, `${path}.${key}`),
  ]);
  const forms = [
    ...(schema.anyOf ?? []),
    ...(schema.oneOf ?? []),
    ...(schema.items ? [schema.items] : []),
  ];
  return [...here, ...forms.flatMap((form) => undescribed(form, path))];
}

test('config/orderpark.schema.json is what `npm run schema` writes', () => {
  expect(written).toEqual(JSON.parse(JSON.stringify(configJsonSchema())));
});

test('every key is explained to editors', () => {
  expect(undescribed(configJsonSchema())).toEqual([]);
});

test.each([
  ['orderpark.example.yaml', EXAMPLE_ENV],
  ['demo.yaml', DEMO_ENV],
])('%s names the schema first, and loads without problems or warnings', (name, env) => {
  expect(read(name).split('\n')[0]).toBe('# yaml-language-server: $schema=./orderpark.schema.json');
  const path = new URL(name, folder).pathname;
  expect(loadConfig({ path, env })).toMatchObject({ ok: true, warnings: [] });
});

test.each(['orderpark.example.yaml', 'demo.yaml'])(
  'an editor finds nothing wrong in %s',
  (name) => {
    const judge = z.fromJSONSchema(written);
    expect(judge.safeParse(parse(quoted(read(name)))).error?.issues ?? []).toEqual([]);
  },
);

test('an editor finds what is wrong', () => {
  const judge = z.fromJSONSchema(written);
  const example = parse(quoted(read('orderpark.example.yaml')));
  expect(judge.safeParse({ ...example, pol: '* * * * *' }).success).toBe(false);
  expect(judge.safeParse({ ...example, logLevel: 'lod' }).success).toBe(false);
  expect(judge.safeParse({ ...example, batch: { lookBackDays: 'x' } }).success).toBe(false);
  expect(judge.safeParse({ ...example, batch: { lookBackDays: `\${DAYS}` } }).success).toBe(true);
  for (const [server, isRight] of [
    [{ trustProxy: 'yes' }, true], // a text may be an address: only orderpark itself can tell
    [{ trustProxy: 11 }, false],
    [{ trustProxy: ['10.0.0.0/8'] }, true],
    [{ port: 70_000 }, false],
  ] as const) {
    expect(judge.safeParse({ ...example, server }).success).toBe(isRight);
  }
});

test('the example explains every key, switched on or off', () => {
  const example = read('orderpark.example.yaml');
  const absent = keysIn(written).filter((key) => !new RegExp(`[\\s{]${key}:`).test(example));
  expect(absent).toEqual([]);
});

test('the rules that the example shows switched off can be switched on', () => {
  const example = read('orderpark.example.yaml');
  const shown = /^ {2}# statuses:\n(?: {2}#.*\n)+/m.exec(example)?.[0] ?? '';
  const rules = shown.replaceAll(/^ {2}# /gm, '    ');
  expect(loadText(example.replace(/^ {4}statuses:.*\n(?: {6}.*\n)+/m, rules))).toMatchObject({
    ok: true,
    config: { shops: [{ statuses: { rules: [{ action: 'park' }, { action: 'forward' }] } }] },
    warnings: [],
  });
});

test('every other key that the example shows switched off can be switched on', () => {
  const switchedOn = read('orderpark.example.yaml')
    .replace(/^ {2}# Where a status alone(?:.*\n)+?\n/m, '\n') // tested above
    .replaceAll(/^ {2}(numbering|# numbering: \{|# lockedThrough: \d).*\n/gm, '') // one of each
    .replaceAll(/^( *)# ( *(?:\w+:|- ).*)$/gm, '$1$2');
  expect(switchedOn).not.toMatch(/^ +# *\w+:/m);
  expect(loadText(switchedOn)).toMatchObject({
    ok: true,
    config: {
      documents: {
        numbering: { from: 'sequence' },
        lockedThrough: { date: '2025-12-31' },
        vat: { length: 9 },
      },
      shops: [{ webhook: { register: true, url: 'https://orderpark.example.com' } }],
      server: { trustProxy: 1, token: 'a-token-of-an-example' },
      alerts: { mail: { to: ['you@example.com'] }, webhook: {}, remindHours: 24 },
    },
    warnings: [],
  });
});

const PUBLIC_KEY = '-----BEGIN PUBLIC KEY-----\nof an example\n-----END PUBLIC KEY-----\n';

function loadText(text: string) {
  return loadConfig({
    path: '/shop/orderpark.yaml',
    env: EXAMPLE_ENV,
    readFile: (path) => (path.endsWith('.pem') ? PUBLIC_KEY : text),
    fileMode: () => 0o600,
  });
}

/** References in quotes, since a bare one inside `{ }` is ours alone. */
function quoted(yaml: string): string {
  return yaml.replace(/: (\$\{[^}]*\}\S*)/g, ': "$1"');
}
