import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { formatProblems } from './format-problems.js';
import { createMasker, MASK } from './secrecy.js';
import { configOf, load, ownerFile, problemsOf } from './testing/owner-file.js';

function shopWith(key: string, secret: string, more = ''): string {
  return ownerFile({
    shops: `shops:\n  - { id: main, url: "https://a.example", since: 2026-01-01, consumerKey: ${key}, consumerSecret: ${secret}${more} }`,
  });
}

test('a secret is read from a file, without the line break at its end', () => {
  const result = load(shopWith('{ file: ./key }', '{ file: /run/secrets/wc }'), {
    files: { '/shop/key': 'ck_1\n', '/run/secrets/wc': 'cs_1\r\n' },
  });
  expect(configOf(result).shops[0]).toMatchObject({ consumerKey: 'ck_1', consumerSecret: 'cs_1' });
  expect(result).toMatchObject({ warnings: [] });
});

test('a secret file that is missing or empty is told at its path', () => {
  const problems = problemsOf(
    load(shopWith('{ file: ./key }', '{ file: ./secret }'), { files: { '/shop/key': '\n' } }),
  );
  expect(problems.map(({ path, message }) => `${path} ${message}`)).toEqual([
    'shops[0].consumerKey.file is an empty file',
    'shops[0].consumerSecret.file cannot be read: there is no such file',
  ]);
});

test('a database address can be kept in a file', () => {
  const more = 'database: { file: ./db }';
  const files = { '/shop/db': 'postgres://me:word@db/x\n' };
  expect(configOf(load(ownerFile({ more }), { files })).database).toBe('postgres://me:word@db/x');
});

const mailBooks = (smtp: string) =>
  ownerFile({
    books: `books: [{ id: mail, type: email, smtp: ${smtp}, from: a@b.example, to: a@b.example }]`,
  });

test('the mail server of books can be kept in a file', () => {
  const files = { '/shop/smtp': 'smtp://me:word@mail.example\n' };
  const result = load(mailBooks('{ file: ./smtp }'), { files });
  expect(configOf(result).books).toMatchObject([{ smtp: 'smtp://me:word@mail.example' }]);
});

test('a password in the mail server of books is warned of, and never shown', () => {
  const result = load(mailBooks('"smtp://me:inclear0000@mail.example"'));
  const warnings = result.ok ? result.warnings : [];
  expect(warnings.map(({ path }) => path)).toEqual(['books[0].smtp']);
  expect(formatProblems(warnings, { color: false })).not.toContain('inclear');
});

test('a secret in clear is warned of, more so where everyone can read it', () => {
  const text = shopWith('ck_inclear0000', `\${WC_SECRET:-cs_inclear0000}`);
  for (const [mode, words] of [
    [0o600, 'is a secret in clear'],
    [0o644, 'every user of this machine'],
  ] as const) {
    const result = load(text, { mode });
    const warnings = result.ok ? result.warnings : [];
    expect(warnings.map(({ path }) => path)).toEqual([
      'shops[0].consumerKey',
      'shops[0].consumerSecret',
    ]);
    expect(warnings[0]?.message).toContain(words);
    expect(formatProblems(warnings, { color: false })).not.toContain('inclear');
  }
});

test('a password in the database address is warned of, an address without is not', () => {
  const warningsFor = (database: string) => {
    const result = load(ownerFile({ more: `database: ${database}` }), {
      env: { WC_KEY: 'k', WC_SECRET: 's', PW: 'word' },
    });
    return result.ok ? result.warnings.map(({ path }) => path) : result.problems;
  };
  expect(warningsFor('postgres://me:word@db/x')).toEqual(['database']);
  expect(warningsFor(`postgres://me:\${PW}@db/x`)).toEqual([]);
  expect(warningsFor('postgres://db/x')).toEqual([]);
});

test.each([
  ['in a wrong place', shopWith('hunter2hunter2', 'hunter2hunter2', ', nope: 1')],
  [
    'under a misspelt key',
    shopWith(`\${WC_KEY}`, `\${WC_SECRET}`, ', consumerSecrte: hunter2hunter2'),
  ],
  ['before a broken line', `${shopWith('hunter2hunter2', 'hunter2hunter2')}\nfoo: [`],
  ['inside a broken line', 'shops: [ { consumerSecret: hunter2hunter2, id: [ }\nx: }'],
  ['in an address', ownerFile({ more: 'database: postgres://me:hunter2hunter2@db:notaport/x' })],
  ['from the environment', shopWith(`\${WC_KEY}`, `\${HUNTER}`, `, id: \${HUNTER}`)],
  ['in a list or group', shopWith('[hunter2hunter2]', '{ value: hunter2hunter2 }')],
])('no problem shows a secret that is %s', (_, text) => {
  const result = load(text, { env: { WC_KEY: 'k', WC_SECRET: 's', HUNTER: 'hunter2hunter2' } });
  expect(result.ok).toBe(false);
  const problems = problemsOf(result);
  expect(problems.length).toBeGreaterThan(0);
  expect(inspect(problems, { depth: null })).not.toContain('hunter2');
  expect(formatProblems(problems, { color: false })).not.toContain('hunter2');
});

test('the caret stays below its place where a secret before it is masked', () => {
  const text = shopWith('ck_averylongkeythatismasked', `\${WC_SECRET}`, ', nope: 1');
  const [problem] = problemsOf(load(text));
  expect(problem?.excerpt.slice(problem.excerptColumn - 1)).toMatch(/^nope: 1/);
});

test('references are names, which the owner needs to read', () => {
  const mask = createMasker([]);
  expect(mask(`consumerKey: \${WC_KEY}, id: a`)).toBe(`consumerKey: \${WC_KEY}, id: a`);
  expect(mask('consumerKey: plain, id: a')).toBe(`consumerKey: ${MASK}, id: a`);
});
