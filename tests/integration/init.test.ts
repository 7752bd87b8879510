import { execFileSync, spawn } from 'node:child_process';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EXIT } from '../../src/cli/exit-codes.js';
import { loadConfig } from '../../src/config/load.js';
import { type DemoShop, startDemoShop } from '../../src/demo/shop-server.js';
import { systemClock } from '../../src/runtime/clock.js';
import { type CliSettings, createCli, type Said } from '../support/cli.js';
import { freePort } from '../support/free-port.js';

/** `orderpark init` where nobody is at a terminal: every answer is an option. */

const KEYS = {
  write: { consumerKey: `ck_${'1'.repeat(40)}`, consumerSecret: `cs_${'1'.repeat(40)}` },
  read: { consumerKey: `ck_${'2'.repeat(40)}`, consumerSecret: `cs_${'2'.repeat(40)}` },
  writeOnly: { consumerKey: `ck_${'3'.repeat(40)}`, consumerSecret: `cs_${'3'.repeat(40)}` },
  subscriber: { consumerKey: `ck_${'4'.repeat(40)}`, consumerSecret: `cs_${'4'.repeat(40)}` },
  unknown: { consumerKey: `ck_${'5'.repeat(40)}`, consumerSecret: `cs_${'5'.repeat(40)}` },
};
const OWN = 'https://orderpark.example.com';

let folder: string;
let shop: DemoShop;
/** Where the listener of the authorisation is, as a proxy with a certificate would know. */
let listensAt = '';

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'orderpark-init-'));
  shop = await startDemoShop({
    clock: systemClock,
    seed: 3,
    orders: 130,
    timezone: 'Europe/Amsterdam',
    credentials: [
      { ...KEYS.write, permissions: 'read_write' },
      { ...KEYS.read, permissions: 'read' },
      { ...KEYS.writeOnly, permissions: 'write' },
      { ...KEYS.subscriber, permissions: 'read_write', managesShop: false },
    ],
    keyLeadsTo: (url) => url.replace(OWN, listensAt),
  });
});
afterEach(async () => {
  await shop.close();
  rmSync(folder, { recursive: true });
});

const at = (name: string) => join(folder, name);
const written = () => readFileSync(at('orderpark.yaml'), 'utf8');

function run(args: readonly string[], settings: Partial<CliSettings> = {}): Promise<Said> {
  const cli = createCli({ config: at('orderpark.yaml'), cwd: folder, ...settings });
  return cli('init', ...args);
}

/** Options that answer all but what a test is about. */
function answers(keys = KEYS.write, url = shop.url): string[] {
  writeFileSync(at('key'), `${keys.consumerKey}\n`, { mode: 0o600 });
  writeFileSync(at('secret'), `${keys.consumerSecret}\n`, { mode: 0o600 });
  return ['--url', url, '--key-file', 'key', '--secret-file', 'secret', '--yes'];
}

function configOf(env: Readonly<Record<string, string>> = {}) {
  const result = loadConfig({ path: at('orderpark.yaml'), env });
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  expect(result.warnings).toEqual([]);
  return result.config;
}

function expectNoSecrets(...texts: string[]): void {
  for (const { consumerKey, consumerSecret } of Object.values(KEYS)) {
    for (const text of texts) {
      expect(text).not.toContain(consumerKey);
      expect(text).not.toContain(consumerSecret);
    }
  }
}

const VAT_OPEN = 'No tax was charged';

describe('with every answer an option', () => {
  it('a config is written, loads, and is checked', async () => {
    const { code, out, err } = await run(answers());
    // The demo sells donations and vouchers, about whose VAT a person must decide.
    expect(code, err).toBe(EXIT.attention);
    expect(out).toContain('Wrote orderpark.yaml');
    expect(out).toContain('it answers and the key is accepted');
    expect(out).toContain(VAT_OPEN);
    expect(err).toContain(
      'Found Voorbeeldwinkel, WooCommerce 10.0.2, EUR, Europe/Amsterdam, 130 orders',
    );
    expectNoSecrets(out, err, written());
    const config = configOf();
    expect(config.shops[0]).toMatchObject({ id: 'main', url: shop.url, ...KEYS.write });
    expect(config.shops[0]?.since).toBe(`${new Date(systemClock.now()).getFullYear()}-01-01`);
    expect(config.seller).toMatchObject({
      name: 'Voorbeeldwinkel',
      country: 'NL',
      city: 'Amsterdam',
    });
    expect(config.books).toMatchObject([{ id: 'journal', flavour: 'hledger' }]);
    expect(readdirSync(folder).sort()).toEqual(['data', 'key', 'orderpark.yaml', 'secret']);
  });

  it('each answer is taken as it was given', async () => {
    writeFileSync(at('smtp'), 'smtp://me:geheim@127.0.0.1:9\n');
    const given = [
      ...['--shop', 'winkel', '--since', '2025-07-01', '--timezone', 'Europe/Brussels'],
      ...['--seller-name', 'Mijn Zaak: BV', '--country', 'BE', '--vat-number', 'BE0123456789'],
      ...['--books', 'journal, files,email', '--flavour', 'beancount', '--smtp-file', 'smtp'],
      ...['--mail-from', 'a@example.com', '--mail-to', 'b@example.com'],
      ...['--webhook-url', `${OWN}/`, '--host', '127.0.0.1', '--port', '8081'],
    ];
    const { code, out, err } = await run([...answers(), ...given]);
    expect(code, err).toBe(EXIT.attention);
    expect(`${out}${err}`).not.toContain('geheim');
    const config = configOf();
    expect(config).toMatchObject({
      timezone: 'Europe/Brussels',
      server: { host: '127.0.0.1', port: 8081, trustProxy: 1 },
      seller: { name: 'Mijn Zaak: BV', country: 'BE', vatNumber: 'BE0123456789' },
      books: [
        { type: 'journal', flavour: 'beancount' },
        { type: 'files' },
        { type: 'email', smtp: 'smtp://me:geheim@127.0.0.1:9', from: 'a@example.com' },
      ],
      shops: [{ id: 'winkel', since: '2025-07-01', webhook: { url: OWN, register: true } }],
    });
    expect(statSync(at('secrets/winkel-webhook')).mode & 0o777).toBe(0o600);
    // `--yes` takes the offer to make them.
    expect(shop.webhooks.all().map(({ deliveryUrl, secret }) => [deliveryUrl, secret])).toEqual(
      Array(4).fill([
        `${OWN}/webhooks/woocommerce/winkel`,
        readFileSync(at('secrets/winkel-webhook'), 'utf8').trim(),
      ]),
    );
  });

  it('keys of the environment stay there, and only their names are written', async () => {
    const env = {
      WC_CONSUMER_KEY: KEYS.write.consumerKey,
      WC_CONSUMER_SECRET: KEYS.write.consumerSecret,
    };
    const { out, err } = await run(['--url', shop.url, '--env', '--yes'], { env });
    expectNoSecrets(out, err, written());
    expect(written()).toContain(`consumerKey: $\{WC_CONSUMER_KEY}`);
    expect(configOf(env).shops[0]).toMatchObject(KEYS.write);
    expect(existsSync(at('secrets'))).toBe(false);
  });

  it('--json prints what was found and done, and nothing else', async () => {
    const { out, err } = await run([...answers(), '--webhook-url', OWN, '--json']);
    const said: Record<string, unknown> = JSON.parse(out);
    expect(Object.keys(said)).toEqual(['config', 'files', 'shop', 'gaps', 'findings', 'webhooks']);
    expect(said).toMatchObject({
      config: at('orderpark.yaml'),
      files: [at('secrets/main-webhook'), at('orderpark.yaml')],
      shop: {
        id: 'main',
        url: shop.url,
        name: 'Voorbeeldwinkel',
        orderStorage: 'hpos',
        ordersLookedAt: 100,
      },
      gaps: [],
      webhooks: [{ shop: 'main', state: 'registered' }],
    });
    expect(said['findings']).toContainEqual({
      about: 'shop main',
      level: 'ok',
      message: 'its clock and ours agree',
    });
    expectNoSecrets(out, err);
  });
});

describe('where an answer is missing, the option that gives it is named, and nothing is written', () => {
  const less = (all: readonly string[], option: string, count = 2): string[] => {
    const from = all.indexOf(option);
    return [...all.slice(0, from), ...all.slice(from + count)];
  };
  const cases: readonly (readonly [string, () => string[], RegExp])[] = [
    ['the address', () => less(answers(), '--url'), /--url <address>/],
    [
      'the key',
      () => ['--url', shop.url, '--yes'],
      /--key-file <path> and --secret-file <path>, with --env/,
    ],
    ['the secret', () => less(answers(), '--secret-file'), /--secret-file is missing/],
    ['the key in the environment', () => ['--url', shop.url, '--env', '--yes'], /WC_CONSUMER_KEY/],
    ['the webhook', () => less(answers(), '--yes', 1), /--no-webhook.*--yes/],
    ['since', () => [...less(answers(), '--yes', 1), '--no-webhook'], /--since <day>.*--yes/],
    [
      'who mails',
      () => [...answers(), '--books', 'email', '--smtp-file', 'key'],
      /--mail-from <address>/,
    ],
    ['the mail server', () => [...answers(), '--books', 'email'], /--smtp-file <path>/],
  ];
  it.each(cases)('%s', async (_, args, named) => {
    const { code, err, out } = await run(args());
    expect(code, err).toBe(EXIT.usage);
    expect(err).toMatch(named);
    expect(out).toBe('');
    expect(existsSync(at('orderpark.yaml'))).toBe(false);
    expect(existsSync(at('secrets'))).toBe(false);
  });

  const wrong: readonly (readonly [string, string[], RegExp])[] = [
    ['an address', ['--url', 'ftp://x'], /--url: That is no web address/],
    ['a day', ['--since', '2026-02-30'], /Expected a day/],
    ['books', ['--books', 'ledger'], /--books: "ledger" is none of journal, files, email/],
    ['a country', ['--country', 'Nederland'], /--country: Write it as NL/],
    ['a zone', ['--timezone', 'Mars/Base'], /--timezone: Write it as Europe\/Amsterdam/],
    ['an id', ['--shop', 'My Shop'], /--shop: Small letters/],
    ['a private address', ['--webhook-url', 'https://192.168.1.2'], /not a public address/],
    ['a key file', ['--key-file', 'nowhere'], /--key-file: nowhere cannot be read/],
    ['key and secret', ['--key-file', 'secret'], /That is the consumer secret/],
  ];
  it.each(wrong)('%s that cannot be used is refused', async (_, more, message) => {
    const { code, err } = await run([...answers(), ...more]);
    expect(code, err).toBe(EXIT.usage);
    expect(err).toMatch(message);
    expect(existsSync(at('orderpark.yaml'))).toBe(false);
  });
});

describe('a file that is there', () => {
  it('is left alone, also by --yes; --force replaces it', async () => {
    writeFileSync(at('orderpark.yaml'), 'mine\n');
    const refused = await run(answers());
    expect(refused.code).toBe(EXIT.usage);
    expect(refused.err).toContain('--force');
    expect(written()).toBe('mine\n');
    await run([...answers(), '--force']);
    expect(configOf().shops[0]?.url).toBe(shop.url);
  });

  it('a secret that is there is left alone too', async () => {
    await run([...answers(), '--webhook-url', OWN]);
    const before = readFileSync(at('secrets/main-webhook'), 'utf8');
    rmSync(at('orderpark.yaml'));
    const refused = await run([...answers(), '--webhook-url', OWN]);
    expect(refused.code).toBe(EXIT.usage);
    expect(refused.err).toContain('secrets/main-webhook is there already');
    expect(readFileSync(at('secrets/main-webhook'), 'utf8')).toBe(before);
    expect(existsSync(at('orderpark.yaml'))).toBe(false);
  });
});

describe('keys', () => {
  const refused: readonly (readonly [string, keyof typeof KEYS, RegExp])[] = [
    ['of nobody', 'unknown', /does not accept the key/],
    ['of a subscriber', 'subscriber', /may not see orders[\s\S]*Shop manager/],
    ['that may only write', 'writeOnly', /permission Read/],
  ];
  it.each(refused)('one %s is named, with its fix', async (_, which, message) => {
    const { code, err } = await run(answers(KEYS[which]));
    expect(code).toBe(EXIT.incomplete);
    expect(err).toMatch(message);
    expectNoSecrets(err);
    expect(existsSync(at('orderpark.yaml'))).toBe(false);
  });

  it('one that may only read makes no webhooks, and says so', async () => {
    const { err } = await run([...answers(KEYS.read), '--webhook-url', OWN]);
    expect(err).toContain('may only read');
    expect(configOf().shops[0]?.webhook?.register).toBe(false);
    expect(shop.webhooks.all()).toEqual([]);
  });

  it('what comes through a pipe is kept in files of its own', async () => {
    const writers = Object.entries(KEYS.write).map(([name, value]) => {
      execFileSync('mkfifo', [at(name)]);
      return spawn('sh', ['-c', `printf %s "$1" > "$2"`, 'sh', value, at(name)]);
    });
    const files = ['--key-file', 'consumerKey', '--secret-file', 'consumerSecret'];
    await run(['--url', shop.url, '--yes', ...files]);
    expect(written()).toContain('consumerKey: { file: ./secrets/main-key }');
    expect(configOf().shops[0]).toMatchObject(KEYS.write);
    expect(statSync(at('secrets/main-secret')).mode & 0o777).toBe(0o600);
    for (const writer of writers) writer.kill();
  });
});

it('an address that leads elsewhere is followed, and that is told', async () => {
  const moved: Server = createServer((request, response) => {
    response.writeHead(301, { location: `${shop.url}${request.url}` }).end();
  });
  await new Promise<void>((resolve) => moved.listen(0, '127.0.0.1', resolve));
  const { port } = moved.address() as AddressInfo;
  const { err } = await run(answers(KEYS.write, `http://127.0.0.1:${port}/wp-admin/`));
  moved.close();
  expect(err).toContain(`really at ${shop.url}`);
  expect(configOf().shops[0]?.url).toBe(shop.url);
});

it('stopped by a signal, it leaves nothing', async () => {
  const stop = new AbortController();
  shop.onRequest(({ path }) => {
    if (path.endsWith('/taxes')) stop.abort();
  });
  const { code, err } = await run([...answers(), '--webhook-url', OWN], { signal: stop.signal });
  expect(code).toBe(EXIT.incomplete);
  expect(err).toContain('Stopped. Nothing was written.');
  expect(readdirSync(folder).sort()).toEqual(['key', 'secret']);
});

describe('by WooCommerce’s own page', () => {
  /** Runs `init`, and does `act` with the address of the page once it is told. */
  async function authorise(act: (page: string) => Promise<void>, more: readonly string[] = []) {
    let acted: Promise<void> | undefined;
    let told = '';
    const said = await run(
      ['--url', shop.url, '--callback-url', OWN, '--yes', '--port', await freePort(), ...more],
      {
        onErr(text) {
          told += text;
          const page = /(http\S+\/wc-auth\/\S+)/.exec(told)?.[1];
          listensAt = /Waiting at (http:\S+)\./.exec(told)?.[1] ?? '';
          if (page !== undefined && listensAt !== '') acted ??= act(page);
        },
      },
    );
    await acted;
    return said;
  }

  const linkIn = async (page: string, name: string): Promise<string> => {
    const html = await (await fetch(page)).text();
    const href = new RegExp(`wc-auth-${name}" href="([^"]*)"`).exec(html)?.[1] ?? '';
    return new URL(href.replaceAll('&amp;', '&'), shop.url).href;
  };
  const post = (body: string) =>
    fetch(`${listensAt}/webhooks/woocommerce-key`, { method: 'POST', body });

  it('the key comes from the shop, and is kept in files for their owner alone', async () => {
    let returned = '';
    const said = await authorise(async (page) => {
      const answer = await fetch(await linkIn(page, 'approve'), { redirect: 'manual' });
      returned = answer.headers.get('location') ?? '';
    });
    expect(said.code, said.err).toBe(EXIT.attention);
    expect(returned).toMatch(
      /^https:\/\/orderpark\.example\.com\/webhooks\/woocommerce-key\/done\?success=1&user_id=/,
    );
    const { consumerKey = '', consumerSecret = '' } = configOf().shops[0] ?? {};
    expect(consumerKey).toMatch(/^ck_[0-9a-f]{40}$/);
    for (const text of [said.out, said.err, written()]) {
      expect(text).not.toContain(consumerKey);
      expect(text).not.toContain(consumerSecret);
    }
    for (const name of ['key', 'secret', 'webhook']) {
      expect(statSync(at(`secrets/main-${name}`)).mode & 0o777).toBe(0o600);
    }
    // The scope allowed it, so the webhooks are there.
    expect(shop.webhooks.all()).toHaveLength(4);
  });

  it('without webhooks a key is asked for that may only read', async () => {
    let scope: string | null = null;
    await authorise(
      async (page) => {
        scope = new URL(page).searchParams.get('scope');
        await fetch(await linkIn(page, 'approve'), { redirect: 'manual' });
      },
      ['--no-webhook'],
    );
    expect(scope).toBe('read');
    expect(configOf().shops[0]).not.toHaveProperty('webhook');
  });

  it('a key that is not the answer to our request is refused, and the right one still taken', async () => {
    const forged = JSON.stringify({
      key_id: 1,
      user_id: 'f'.repeat(64),
      consumer_key: KEYS.unknown.consumerKey,
      consumer_secret: KEYS.unknown.consumerSecret,
      key_permissions: 'read_write',
    });
    const statuses: number[] = [];
    await authorise(async (page) => {
      for (const body of [forged, '', '{', 'x'.repeat(20_000)])
        statuses.push((await post(body)).status);
      await fetch(await linkIn(page, 'approve'), { redirect: 'manual' });
    });
    expect(statuses).toEqual([403, 403, 403, 413]);
    expect(configOf().shops[0]?.consumerKey).not.toBe(KEYS.unknown.consumerKey);
  });

  it('left without approving, nothing is written', async () => {
    const { code, err } = await authorise(async (page) => {
      const back = new URL(await linkIn(page, 'deny'));
      await fetch(`${listensAt}${back.pathname}${back.search}`);
    });
    expect(code).toBe(EXIT.failed);
    expect(err).toContain('left without approving');
    expect(readdirSync(folder)).toEqual([]);
  });

  it('where the port is taken that is said, with what to do', async () => {
    const port = new URL(shop.url).port;
    const { code, err } = await run([
      '--url',
      shop.url,
      '--callback-url',
      OWN,
      '--yes',
      '--port',
      port,
    ]);
    expect(code).toBe(EXIT.failed);
    expect(err).toMatch(/cannot listen on 127\.0\.0\.1:\d+ \(EADDRINUSE\)[\s\S]*--port/);
  });
});
