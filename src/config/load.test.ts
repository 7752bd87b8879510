import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatProblems } from './format-problems.js';
import { loadConfig } from './load.js';
import { configOf, load, ownerFile, problemsOf } from './testing/owner-file.js';

/** `line:column path`, to see at a glance what is told and where. */
function places(text: string, options?: Parameters<typeof load>[1]): string[] {
  return problemsOf(load(text, options)).map(
    ({ line, column, path }) => `${line}:${column} ${path}`,
  );
}

test('the least file gives a whole config', () => {
  const config = configOf(load(ownerFile()));
  expect(config).toMatchObject({
    file: '/shop/orderpark.yaml',
    database: '/shop/data/orderpark.db',
    poll: '*/15 * * * *',
    batch: { at: '03:30', lookBackDays: 21 },
    logLevel: 'info',
    seller: { name: 'Voorbeeld BV', country: 'NL', vatNumber: '' },
    books: [{ id: 'journal', folder: '/shop/books' }],
  });
  expect(config.shops[0]).toMatchObject({
    consumerKey: 'ck_envkey0000',
    consumerSecret: 'cs_envsecret0000',
    allowPlainHttp: false,
    books: ['journal'],
  });
  expect(config.shops[0]).not.toHaveProperty('auth');
});

test('all problems are told at once, each at its place, in the order of the file', () => {
  const text = `timezone: Europe/Amsterdm
loglevel: info
shops:
  - id: main
    url: shop.example.com
    consumerKye: \${WC_KEY}
    consumerSecret: \${NOT_SET}
  - id: main
    url: http://other.example.com
    consumerKey: \${WC_KEY}
    consumerSecret: \${WC_SECRET}
    since: 2026-02-30
    books: [jurnal]
seller: { name: A, country: NL }
seller: { name: B, country: NL }
vat:
  - { percent: 21, country: [NL, UK], code: NL21 }
books:
  - { id: journal, type: journal, flavour: hledgr, folder: ./books }
`;
  expect(places(text)).toEqual([
    '1:11 timezone',
    '2:1 loglevel',
    '4:5 shops[0].since',
    '5:10 shops[0].url',
    '6:5 shops[0].consumerKye',
    '7:21 shops[0].consumerSecret',
    '8:9 shops[1].id',
    '9:10 shops[1].url',
    '12:12 shops[1].since',
    '13:13 shops[1].books[0]',
    '15:1 seller',
    '17:34 vat[0].country[1]',
    '19:44 books[0].flavour',
  ]);
});

test.each([
  [{ timezone: 'timezone: Europe/Amsterdm' }, 'timezone', 'Europe/Amsterdam'],
  [{ more: 'pol: "* * * * *"' }, 'pol', 'poll'],
  [{ more: 'documents: { invoicedate: paid }' }, 'documents.invoicedate', 'invoiceDate'],
  [{ more: 'documents: { zeroTotal: bok }' }, 'documents.zeroTotal', 'book'],
  [{ more: 'documents: { numbering: oder }' }, 'documents.numbering', 'order'],
  [
    { more: 'documents: { numbering: { sequnce: {} } }' },
    'documents.numbering.sequnce',
    'sequence',
  ],
  [{ vat: 'vat:\n  - { percent: 21, buyr: business, code: A }' }, 'vat[0].buyr', 'buyer'],
  [{ books: 'books:\n  - { id: a, type: jurnal }' }, 'books[0].type', 'journal'],
])('%j is told with what was meant', (blocks, path, suggestion) => {
  const problem = problemsOf(load(ownerFile(blocks))).find((found) => found.path === path);
  expect(problem).toMatchObject({ suggestion });
});

test('a misspelt key is not also told as missing', () => {
  const seller = 'seller: { nam: A, country: NL }';
  expect(problemsOf(load(ownerFile({ seller }))).map(({ path }) => path)).toEqual(['seller.nam']);
});

test('a required key without a value is missing, at its own line', () => {
  expect(places(ownerFile({ timezone: 'timezone:' }))).toEqual(['1:1 timezone']);
});

test('an optional group without keys is as if absent', () => {
  const more = 'batch:\ndocuments:\n';
  expect(configOf(load(ownerFile({ more }))).batch.lookBackDays).toBe(21);
});

test('every variable that is not set is named, and nothing else is said of its value', () => {
  const problems = problemsOf(load(ownerFile({ timezone: `timezone: \${ZONE}` }), { env: {} }));
  expect(problems.map(({ message }) => message)).toEqual([
    expect.stringContaining('ZONE'),
    expect.stringContaining('WC_KEY'),
    expect.stringContaining('WC_SECRET'),
  ]);
});

test('numbers, switches and inline groups may come from the environment', () => {
  const more = [
    `batch: { at: \${AT}, lookBackDays: \${DAYS:-14} }`,
    `documents: { zeroTotal: \${ZERO} }`,
  ].join('\n');
  const env = { WC_KEY: 'k', WC_SECRET: 's', AT: '04:00', ZERO: 'ignore' };
  const config = configOf(load(ownerFile({ more }), { env }));
  expect(config.batch).toEqual({ at: '04:00', lookBackDays: 14 });
  expect(config.documents.zeroTotal).toBe('ignore');
});

test('text stays as it is written, whatever it looks like', () => {
  const vat = 'vat:\n  - { percent: 9.50, sku: [00123, 1e3], code: 0x10 }';
  expect(configOf(load(ownerFile({ vat }))).documents.vat).toEqual([
    { percent: '9.50', sku: ['00123', '1e3'], code: '0x10', line: 10 },
  ]);
});

test('an anchor stands for what it names', () => {
  const shops = `shops:
  - &first { id: a, url: "https://a.example", consumerKey: \${WC_KEY}, consumerSecret: \${WC_SECRET}, since: 2026-01-01, statuses: &s { forward: [completed] } }
  - { id: b, url: "https://b.example", consumerKey: \${WC_KEY}, consumerSecret: \${WC_SECRET}, since: 2026-01-01, statuses: *s }`;
  const [a, b] = configOf(load(ownerFile({ shops }))).shops;
  expect(b?.statuses).toEqual(a?.statuses);
});

test('an alias to its own parent is refused', () => {
  const problems = problemsOf(load(ownerFile({ more: 'documents: &d { numbering: *d }' })));
  expect(problems).toContainEqual(
    expect.objectContaining({ message: expect.stringContaining('too large') }),
  );
});

test('aliases that multiply are refused', () => {
  const levels = Array.from({ length: 9 }, (_, level) => {
    const below = level === 0 ? 'x' : `*a${level - 1}`;
    return `a${level}: &a${level} [${Array(9).fill(below).join(', ')}]`;
  });
  const problems = problemsOf(load(levels.join('\n')));
  expect(problems).toContainEqual(
    expect.objectContaining({ message: expect.stringContaining('too large') }),
  );
});

test.each(['', '# nothing\n', '- a\n- b\n', 'text'])('%j is no config', (text) => {
  expect(problemsOf(load(text))).toMatchObject([{ line: 1, message: 'holds no configuration' }]);
});

test('a file that cannot be read is told, and does not throw', () => {
  const result = loadConfig({ path: '/nowhere/orderpark.yaml', env: {} });
  expect(problemsOf(result)).toMatchObject([
    { line: 1, column: 1, message: 'cannot be read: there is no such file' },
  ]);
});

test('after a break in the YAML only what stands before it is judged', () => {
  const text = ['logLevel: lod', 'shops: [', 'timezone: 5', 'url: "never closed', ''].join('\n');
  const problems = problemsOf(load(text));
  expect(problems[0]).toMatchObject({ line: 1, path: 'logLevel' });
  expect(problems.length).toBeGreaterThan(1);
  expect(problems.every(({ message }) => message !== 'is missing')).toBe(true);
});

test.each([
  ['http://shop.example.com', false],
  ['http://127.0.0.1:8080', true],
  ['http://localhost/shop/', true],
  ['https://shop.example.com/shop/', true],
  ['https://shop.example.com/wp-json/wc/v3', false],
  ['https://user:word@shop.example.com', false],
  ['https://shop.example.com/?a=b', false],
  ['ftp://shop.example.com', false],
])('the address %s can be used: %s', (url, ok) => {
  const shops = ownerFile().match(/shops:[\s\S]*?(?=\nseller)/)?.[0] ?? '';
  const result = load(ownerFile({ shops: shops.replace('https://shop.example.com', url) }));
  expect(result.ok).toBe(ok);
  if (result.ok) expect(result.config.shops[0]?.url).toBe(url.replace(/\/$/, ''));
});

test('plain http elsewhere needs to be allowed', () => {
  const shops = `shops:
  - { id: a, url: "http://10.0.0.2", allowPlainHttp: true, consumerKey: \${WC_KEY}, consumerSecret: \${WC_SECRET}, since: 2026-01-01 }`;
  expect(load(ownerFile({ shops })).ok).toBe(true);
});

test.each([
  ['./data/x.db', '/shop/data/x.db'],
  ['/var/x.db', '/var/x.db'],
  ['postgres://db/x', 'postgres://db/x'],
])('the database %s is %s', (database, expected) => {
  expect(configOf(load(ownerFile({ more: `database: ${database}` }))).database).toBe(expected);
});

test('a database of another kind is refused, and not taken for a path', () => {
  expect(places(ownerFile({ more: 'database: mysql://db/x' }))).toEqual(['13:11 database']);
});

test('printed, a problem shows its line with a caret below the place', () => {
  const problems = problemsOf(load(ownerFile({ timezone: 'timezone: Europe/Amsterdm' })));
  expect(formatProblems(problems, { color: false })).toBe(
    [
      '/shop/orderpark.yaml:1:11: error: timezone: cannot be used (found "Europe/Amsterdm"); expected a time zone, as Europe/Amsterdam; did you mean `Europe/Amsterdam`?',
      '    1 | timezone: Europe/Amsterdm',
      '      |           ^',
    ].join('\n'),
  );
  const plain = formatProblems(problems, { color: false });
  const coloured = formatProblems(problems, { color: true });
  expect(coloured).not.toBe(plain);
  expect(coloured.replaceAll(new RegExp(`${String.fromCharCode(27)}\\[\\d+m`, 'g'), '')).toBe(
    plain,
  );
});

test('no text makes it throw, or answer without a reason', () => {
  const piece = fc.constantFrom(
    'shops:',
    '- ',
    '  ',
    '\n',
    '{',
    '}',
    '[',
    ']',
    ': ',
    ', ',
    '&a ',
    '*a',
    '!x ',
    '"',
    "'",
    '# ',
    '\t',
    '|',
    '---',
    `\${A}`,
    `\${`,
    'id',
    'vat',
    'statuses',
    '__proto__',
    '<<',
    '?',
    '\u0000',
    '%',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), fc.boolean(), (pieces, isAppended) => {
      const result = load(isAppended ? `${ownerFile()}\n${pieces.join('')}` : pieces.join(''));
      if (!result.ok) expect(result.problems.length).toBeGreaterThan(0);
      expect(formatProblems(problemsOf(result), { color: false })).toBeTypeOf('string');
    }),
    { numRuns: 500 },
  );
});
