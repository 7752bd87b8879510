import { expect, test } from 'vitest';
import { configOf, load, ownerFile, problemsOf } from './testing/owner-file.js';

const withBooks = (...lines: string[]) =>
  load(ownerFile({ books: ['books:', ...lines.map((line) => `  ${line}`)].join('\n') }));

test('books of files have the defaults of a careful owner', () => {
  const { books } = configOf(withBooks('- { id: invoices, type: files, folder: ./invoices }'));
  expect(books).toEqual([
    {
      id: 'invoices',
      type: 'files',
      folder: '/shop/invoices',
      formats: ['pdf', 'ubl'],
      profiles: [],
      unmetProfile: 'en16931',
      fonts: [],
    },
  ]);
});

test('paths of a logo and of fonts are relative to the config', () => {
  const { books } = configOf(
    withBooks('- { id: a, type: files, folder: x, logo: ./l.png, fonts: [f.ttf, /abs.ttf] }'),
  );
  expect(books[0]).toMatchObject({ logo: '/shop/l.png', fonts: ['/shop/f.ttf', '/abs.ttf'] });
});

test('a rule of profiles takes one country or several', () => {
  const { books } = configOf(
    withBooks(
      '- id: a',
      '  type: files',
      '  folder: x',
      '  profiles: [{ profile: nlcius, buyer: business, country: NL }, { profile: peppol, country: [BE, DE] }]',
    ),
  );
  expect(books[0]).toMatchObject({
    profiles: [
      { profile: 'nlcius', buyer: 'business', country: ['NL'] },
      { profile: 'peppol', country: ['BE', 'DE'] },
    ],
  });
});

const EMAIL = 'id: a, type: email, smtp: "smtp://u:geheim@mail.example.com", from: a@b.nl';

test('books of mails take one reader or several, and others by shop', () => {
  const { books } = configOf(
    withBooks(`- { ${EMAIL}, to: x@y.nl, byShop: { main: { creditNotesTo: [c@d.nl, e@f.nl] } } }`),
  );
  expect(books[0]).toMatchObject({
    to: ['x@y.nl'],
    byShop: { main: { creditNotesTo: ['c@d.nl', 'e@f.nl'] } },
    largestMegabytes: 10,
    whenUncertain: 'wait',
  });
});

test('all that is wrong with books of files and mails is told at once', () => {
  const found = withBooks(
    '- { id: a, type: files, folder: x, formats: [], profiles: [{ profile: ublx }], unmetProfile: drop }',
    '- { id: b, type: email, smtp: "http://x", from: nobody, to: [], digest: 25:00, largestMegabytes: 0 }',
  );
  expect(problemsOf(found).map(({ path }) => path)).toEqual([
    'books[0].formats',
    'books[0].profiles[0].profile',
    'books[0].unmetProfile',
    'books[1].smtp',
    'books[1].from',
    'books[1].to',
    'books[1].digest',
    'books[1].largestMegabytes',
  ]);
});

test('readers of a shop that is not there are a mistake', () => {
  const found = withBooks(`- { ${EMAIL}, to: x@y.nl, byShop: { mian: { to: x@y.nl } } }`);
  expect(problemsOf(found)).toEqual([
    expect.objectContaining({
      path: 'books[0].byShop.mian',
      message: 'names no shop of this file',
    }),
  ]);
});

test('the password of a mail server is shown in no problem', () => {
  const found = withBooks(`- { ${EMAIL}, to: 7, nonsense: 1 }`);
  expect(problemsOf(found).length).toBeGreaterThan(0);
  expect(JSON.stringify(problemsOf(found))).not.toContain('geheim');
});

const sellerOf = (...more: string[]) =>
  load(ownerFile({ seller: `seller: { name: V, country: NL, ${more.join(', ')} }` }));

test('the register of a number is that of the country, unless it is named', () => {
  expect(configOf(sellerOf('registration: 12345678')).seller.registration).toEqual({
    scheme: '0106',
    id: '12345678',
  });
  expect(
    configOf(sellerOf('registration: { scheme: "0208", id: 0123456789 }')).seller.registration,
  ).toEqual({ scheme: '0208', id: '0123456789' });
});

test('an account is kept without spaces, and must have right check digits', () => {
  expect(configOf(sellerOf('iban: NL91 ABNA 0417 1643 00')).seller.iban).toBe('NL91ABNA0417164300');
  expect(problemsOf(sellerOf('iban: NL91 ABNA 0417 1643 01'))).toEqual([
    expect.objectContaining({
      path: 'seller.iban',
      expected: expect.stringContaining('check digits'),
    }),
  ]);
});

test('an electronic address is a scheme and what it names', () => {
  expect(configOf(sellerOf('endpoint: 0088:8712345678906')).seller.endpoint).toEqual({
    scheme: '0088',
    id: '8712345678906',
  });
  expect(problemsOf(sellerOf('endpoint: 8712345678906'))).toHaveLength(1);
});
