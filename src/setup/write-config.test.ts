import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recordedLives } from '../../tests/support/corpus.js';
import { line, order } from '../../tests/support/orders.js';
import type { Config } from '../config/config.js';
import { formatProblems } from '../config/format-problems.js';
import { load } from '../config/testing/owner-file.js';
import { draftInvoice } from '../documents/invoice.js';
import type { Order } from '../orders/order.js';
import { judge } from '../rules/judge.js';
import type { Choices } from './choices.js';
import type { Survey } from './survey.js';
import { choices, EXAMPLE, rate, status, survey } from './testing/surveys.js';
import { configText } from './write-config.js';

const TODAY = '2026-11-20';
const SECRETS = {
  '/shop/secrets/main-key': 'ck_1234567890',
  '/shop/secrets/main-secret': 'cs_1234567890',
  '/shop/secrets/main-webhook': '0123456789abcdef0123456789abcdef',
  '/shop/secrets/smtp': 'smtps://user:password@mail.example.com:465',
};

const written = (shop: Survey, chosen: Choices) => configText(EXAMPLE, shop, chosen, TODAY);

/** The config that a file gives, which must have no problem and no warning. */
function loaded(text: string): Config {
  const result = load(text, { files: SECRETS });
  const found = result.ok ? result.warnings : result.problems;
  expect(formatProblems(found, { color: false })).toBe('');
  if (!result.ok) throw new Error('not reached');
  return result.config;
}

const recorded: readonly Order[] = [...recordedLives().values()].flatMap((states) => {
  const last = states.at(-1);
  return last ? [last.order] : [];
});

const RECORDED_SHOP = survey({
  orders: recorded,
  about: {
    ...survey().about,
    statuses: [...new Set(recorded.map((one) => one.status))].map((slug) => status(slug, 1)),
  },
  taxRates: [
    ...survey().taxRates,
    rate('DE', '19', 'MwSt'),
    rate('DE', '7', 'MwSt ermäßigt', 'reduced-rate'),
    rate('BE', '21', 'TVA'),
    rate('NL', '0', 'BTW 0', 'zero-rate'),
    rate('CA', '9.975', 'QST'),
  ],
});
const seller = (country: string) => ({ name: 'Seller', country, vatNumber: '' });
const SMTP = { kind: 'file', path: './secrets/smtp' } as const;
const EMAIL = { type: 'email', smtp: SMTP, from: 'a@example.com', to: 'b@example.com' } as const;

const SHOPS: readonly (readonly [string, Survey, Choices])[] = [
  ['a Dutch shop of yesterday', survey(), choices()],
  ['the recorded shop, with every hard order', RECORDED_SHOP, choices()],
  [
    'a Belgian shop with all books and webhooks',
    survey({ taxRates: [rate('BE', '21'), rate('BE', '6'), rate('NL', '21'), rate('FR', '20')] }),
    choices({
      seller: seller('BE'),
      books: [{ type: 'journal', flavour: 'beancount' }, { type: 'files' }, EMAIL],
      webhook: {
        url: 'https://orderpark.example.com',
        secret: { kind: 'file', path: './secrets/main-webhook' },
        register: true,
      },
    }),
  ],
  [
    'a German shop with an invoice plugin, mailed only, read key, own port',
    survey({
      taxRates: [rate('DE', '19'), rate('DE', '7')],
      orders: [
        order([line('10.00', {})], { meta: [{ key: '_wcpdf_invoice_number', value: '7' }] }),
      ],
    }),
    choices({
      seller: seller('DE'),
      books: [EMAIL],
      server: { host: '127.0.0.1', port: 8081 },
      webhook: {
        url: 'https://orderpark.example.com',
        secret: { kind: 'file', path: './secrets/main-webhook' },
        register: false,
      },
    }),
  ],
  [
    'a British shop',
    survey({ taxRates: [rate('GB', '20'), rate('', '20', 'Everywhere')], orders: recorded }),
    choices({ seller: seller('GB'), timezone: 'Europe/London' }),
  ],
  [
    'a shop in the United States without taxes or a zone',
    survey({
      about: { statuses: [], clockSkewMs: 0 },
      chargesTax: false,
      taxRates: [],
      address: { ...survey().address, country: 'US', state: 'CA' },
    }),
    choices({ seller: seller('US'), timezone: 'America/Los_Angeles', books: [{ type: 'files' }] }),
  ],
  [
    'a shop that tells next to nothing',
    survey({
      about: { statuses: [], clockSkewMs: 0 },
      address: { street: '', street2: '', postcode: '', city: '', country: '', state: '' },
      taxRates: [],
      gateways: [],
      gaps: [{ what: 'its tax rates', message: 'the shop forbids it', fix: 'Ask.' }],
    }),
    choices({ seller: seller('FR') }),
  ],
  [
    'keys in the environment, and plain http on a network that is trusted',
    survey(),
    choices({
      url: 'http://shop.lan',
      allowPlainHttp: true,
      consumerKey: { kind: 'variable', name: 'WC_KEY' },
      consumerSecret: { kind: 'variable', name: 'WC_SECRET' },
    }),
  ],
];

describe('a file that was written', () => {
  it.each(SHOPS)('loads without a problem or a warning: %s', (_, shop, chosen) => {
    const config = loaded(written(shop, chosen));
    expect(config.timezone).toBe(chosen.timezone);
    expect(config.seller).toMatchObject(
      chosen.seller.vatNumber === ''
        ? { name: chosen.seller.name, country: chosen.seller.country }
        : chosen.seller,
    );
    expect(config.books.map(({ type }) => type)).toEqual(chosen.books.map(({ type }) => type));
    expect(config.shops[0]).toMatchObject({ id: 'main', url: chosen.url, since: chosen.since });
    expect(config.shops[0]?.webhook?.register).toBe(chosen.webhook?.register);
    expect(config.server).toMatchObject(chosen.server ?? { host: '127.0.0.1', port: 8080 });
  });

  it.each(SHOPS)('has the headings of the example, and holds no secret: %s', (_, shop, chosen) => {
    const text = written(shop, chosen);
    const headings = (file: string) => file.split('\n').filter((one) => one.startsWith('# --- '));
    expect(headings(text)).toEqual(headings(EXAMPLE));
    for (const secret of Object.values(SECRETS)) expect(text).not.toContain(secret);
  });

  it.each(SHOPS)('marks each line that is not of the example: %s', (_, shop, chosen) => {
    const known = new Set(EXAMPLE.split('\n'));
    const body = written(shop, chosen).split('\n');
    const added = body
      .slice(body.findIndex((one) => one.startsWith('timezone:')))
      .filter((one) => one.trim() !== '' && !known.has(one) && !/seen/.test(one));
    // What was chosen, and lines of the example that were only switched on, off or aligned.
    const ours =
      /^ *(# )? *(- )?(id|url|consumerKey|consumerSecret|since|webhook|secret|register|name|country|vatNumber|host|port|allowPlainHttp|type|folder|smtp|from|to|flavour):/;
    const structure =
      /^ *(forward|ignore|park|statuses|vatNumberKeys):|For example:$|- _?[a-z]+_\w+$/;
    const words = (one: string) => one.replace(/[#\s]+/g, ' ').trim();
    const ofExample = new Set(EXAMPLE.split('\n').map(words));
    expect(
      added.filter((one) => !ours.test(one) && !structure.test(one) && !ofExample.has(words(one))),
    ).toEqual([]);
  });

  it('keeps every text of a shop as it is, whatever it holds', () => {
    const hostile = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.constantFrom(
        `$\{HOME}`,
        `$$\{x}`,
        'a: b # c',
        '- x',
        '{ a }',
        'yes',
        '"',
        "it's",
        '*a',
        '&a',
      ),
      fc.string({ maxLength: 5 }).map((text) => `x\n  evil: ${text}\r\n# --- VAT ---\u2028`),
    );
    const visible = (text: string) =>
      /[\p{Cc}\p{Zl}\p{Zp}\p{Co}\p{Cs}\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]| {2}|^ | $|^$/u.test(
        text,
      );
    fc.assert(
      fc.property(hostile, hostile, (one, other) => {
        const shop = survey({
          about: {
            ...survey().about,
            name: one,
            timezone: other,
            statuses: [status('processing', 1, one), status('shipped', 2, other)],
          },
          address: { ...survey().address, street: one, city: other },
          taxRates: [rate('NL', '21', one), rate('NL', '0', other, other), rate(one, other)],
          gateways: [{ id: one, title: other, enabled: true }],
          gaps: [{ what: one, message: other, fix: '' }],
        });
        const name = one.trim() === '' || visible(one) ? 'Plain' : one;
        const text = written(shop, choices({ seller: { ...seller('NL'), name } }));
        const config = loaded(text);
        expect(config.seller.name).toBe(name);
        if (!visible(other)) expect(config.seller.city).toBe(other);
        expect(config.shops).toHaveLength(1);
        expect(config.documents.vat.map(({ percent }) => percent)).toEqual(['21']);
      }),
      { numRuns: 100 },
    );
  });

  it('books the recorded shop’s orders but for those that a person must decide about', () => {
    const config = loaded(written(RECORDED_SHOP, choices()));
    const statuses = config.shops[0]?.statuses;
    if (!statuses) throw new Error('no shop');
    const eligible = recorded.filter((one) => judge(one, statuses).action === 'forward');
    const blocked = eligible
      .map((one) => draftInvoice(one, config.documents))
      .flatMap((drafted) => (drafted.kind === 'blocked' ? [drafted.reason] : []));
    expect(eligible.length).toBeGreaterThan(150);
    // Every rate that was charged is mapped: what is left was not taxed, or does not add up.
    expect(blocked.filter((reason) => /No line of vat: covers [1-9]/.test(reason))).toEqual([]);
    expect(blocked.length).toBeLessThan(eligible.length / 10);
  });
});

describe('what is proposed', () => {
  const vatOf = (shop: Survey, country = 'NL') =>
    written(shop, choices({ seller: seller(country) }))
      .split('\n')
      .filter((one) => /^ {2}(# )?- \{ percent/.test(one) && /seen/.test(one));

  it('a code for each rate: of the own country, of other member states, of others', () => {
    const rates = [rate('DE', '19', 'MwSt'), rate('NL', '21'), rate('GB', '20'), rate('NL', '9')];
    const codes = (country: string) =>
      vatOf(survey({ taxRates: rates }), country).flatMap(
        (one) => /^ {2}- .*code: ([^ ,}]+)/.exec(one)?.[1] ?? [],
      );
    expect(codes('NL')).toEqual(['NL21', 'NL9', 'OSS-DE-19', 'GB20']);
    expect(codes('DE')).toEqual(['DE19', 'OSS-NL-21', 'OSS-NL-9', 'GB20']);
    expect(codes('GB')).toEqual(['GB20', 'DE19', 'NL21', 'NL9']);
  });

  it('a rate of every country comes last, and catches what is not named', () => {
    const shop = survey({
      taxRates: [rate('', '21', 'Overal'), rate('DE', '19')],
      orders: [order([line('10.00', { '1': '2.10' })])],
    });
    const rules = vatOf(shop).filter((one) => one.startsWith('  - '));
    expect(rules[0]).toContain('country: DE');
    expect(rules[1]).toMatch(/\{ percent: 21, code: NL21 \}.*of every country/);
  });

  it('a rate that only old orders show is proposed too, with where it was seen', () => {
    const shop = survey({ orders: [order([line('10.00', { '2': '1.90' })])] });
    expect(vatOf(shop).join('\n')).toMatch(/percent: 19, country: DE.*not in the table of rates/);
  });

  it('a zero rate is switched off, for a person to decide', () => {
    const [zero] = vatOf(
      survey({ taxRates: [rate('NL', '21'), rate('NL', '0', 'Nul', 'zero-rate')] }),
    ).filter((one) => /percent: 0, country: NL/.test(one));
    expect(zero).toMatch(
      /^ {2}# - \{ percent: 0, country: NL, taxClass: zero-rate, .*"Nul".*decide/,
    );
  });

  it('intra-Community supply and export are switched on where such orders were seen, and only there', () => {
    const text = (orders: readonly Order[]) => written(survey({ orders }), choices());
    const to = (country: string, vatNumber = '') => {
      const address = { ...order([]).billing, country };
      const meta = [{ key: '_billing_vat_number', value: vatNumber }];
      return order([line('10.00', {})], { billing: address, shipping: address, meta });
    };
    const isOn = (category: string, orders: readonly Order[]) =>
      new RegExp(`^ {2}- \\{ percent: 0, .*category: ${category},`, 'm').test(text(orders));
    expect(isOn('K', [to('DE', 'DE123456789')])).toBe(true);
    expect(isOn('K', [to('DE'), to('US'), to('NL', 'NL123456789B01')])).toBe(false);
    expect(isOn('G', [to('US')])).toBe(true);
    expect(isOn('G', [to('DE', 'DE123456789'), to('NL')])).toBe(false);
  });

  it('a status of a plugin waits, and says how many of its orders are paid', () => {
    const shop = survey({
      about: {
        ...survey().about,
        statuses: [status('shipped', 3, 'Verzonden'), status('Odd Slug', 1)],
      },
      orders: [order([], { status: 'shipped' }), order([], { status: 'shipped', paidAt: null })],
    });
    const config = loaded(written(shop, choices()));
    const rule = config.shops[0]?.statuses.rules.find(({ when }) =>
      when.status?.includes('shipped'),
    );
    expect(rule?.action).toBe('park');
    expect(written(shop, choices())).toMatch(
      /- shipped +# seen: 3 orders \("Verzonden"\).*1 of the 2 newest are paid/,
    );
  });

  it('the number of an invoice plugin, where most orders have one', () => {
    const numbered = order([], { meta: [{ key: '_wcpdf_invoice_number', value: '2026-7' }] });
    const numbering = (orders: readonly Order[]) =>
      loaded(written(survey({ orders }), choices())).documents.numbering;
    expect(numbering([numbered, numbered, order([])])).toEqual({
      from: 'meta',
      key: '_wcpdf_invoice_number',
    });
    expect(numbering([numbered, order([]), order([])])).toEqual({ from: 'order' });
  });

  it('a meta key that looks like one of VAT numbers is looked at before the usual ones', () => {
    const meta = [
      { key: 'shop_btw_nummer', value: 'BE 0123.456.789' },
      { key: 'vat_note', value: 'not a number' },
      { key: 'some_iban', value: 'NL91ABNA0417164300' },
    ];
    const config = loaded(written(survey({ orders: [order([], { meta })] }), choices()));
    expect(config.documents.vatNumberKeys.slice(0, 2)).toEqual([
      'shop_btw_nummer',
      '_billing_vat_number',
    ]);
  });

  it('a shop that charges no tax gets a line to put its own in the place of', () => {
    const config = loaded(written(survey({ taxRates: [], chargesTax: false }), choices()));
    expect(config.documents.vat).toMatchObject([{ percent: '21', code: 'NL21' }]);
  });
});
