import { execFileSync, spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer, get } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EXIT } from '../../src/cli/exit-codes.js';
import { createCli } from '../support/cli.js';
import { freePort } from '../support/free-port.js';
import {
  INIT_KEYS,
  type InitBench,
  OWN,
  openInit,
  type RunningInit,
} from '../support/init-page.js';

/** `orderpark init --page`: the same steps as forms, over real http. */

let bench: InitBench;
beforeEach(async () => {
  bench = await openInit();
});
afterEach(() => bench.close());

interface Answer {
  readonly status: number;
  readonly text: string;
  readonly to: string | null;
}

/** A browser without one, that has opened the pages. */
async function reader({ address, url }: RunningInit, language = 'en') {
  const opened = await fetch(address, { redirect: 'manual' });
  const cookie = `${opened.headers.get('set-cookie')?.split(';')[0]}; language=${language}`;
  const ask = async (path: string, init: RequestInit = {}): Promise<Answer> => {
    const answer = await fetch(`${url}${path}`, {
      redirect: 'manual',
      headers: { cookie },
      ...init,
    });
    return {
      ...{ status: answer.status, text: await answer.text() },
      to: answer.headers.get('location'),
    };
  };
  const formToken = async () => {
    const { to } = await ask('/');
    return /name="_token" value="([^"]+)"/.exec((await ask(to ?? '')).text)?.[1] ?? '';
  };
  return {
    cookie,
    get: (path: string) => ask(path),
    async post(path: string, fields: Readonly<Record<string, string>>, token?: string) {
      const body = new URLSearchParams({ ...fields, _token: token ?? (await formToken()) });
      return ask(path, { method: 'POST', body });
    },
    /** Sends the form of a page as it stands, with these fields changed. */
    async send(path: string, changed: Readonly<Record<string, string | null>> = {}) {
      const fields = formIn((await ask(path)).text);
      for (const [name, value] of Object.entries(changed)) {
        if (value === null) fields.delete(name);
        else fields.set(name, value);
      }
      return ask(path, { method: 'POST', body: fields });
    },
  };
}

const unescaped = (text: string): string =>
  text.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&amp;', '&');

/** What a browser would send of the last form of a page. */
function formIn(page: string): URLSearchParams {
  const fields = new URLSearchParams();
  const form = page.slice(page.lastIndexOf('<form'));
  for (const [, attributes = ''] of form.matchAll(/<input ([^>]*?)\/?>/g)) {
    const name = /name="([^"]*)"/.exec(attributes)?.[1] ?? '';
    const value = unescaped(/value="([^"]*)"/.exec(attributes)?.[1] ?? '');
    const isBox = attributes.includes('type="checkbox"');
    if (isBox && !/ checked/.test(attributes)) continue;
    fields.append(name, isBox && value === '' ? 'on' : value);
  }
  for (const [, name = '', options = ''] of form.matchAll(
    /<select name="([^"]*)"[^>]*>(.*?)<\/select>/g,
  )) {
    const chosen = /<option(?= [^>]*selected)[^>]* value="([^"]*)"/.exec(options)?.[1];
    fields.append(name, chosen ?? /value="([^"]*)"/.exec(options)?.[1] ?? '');
  }
  return fields;
}

type Reader = Awaited<ReturnType<typeof reader>>;

/** Up to the step that shows the file, with what is proposed. */
async function walk(at: Reader, more: { url?: string; shop?: Record<string, string> } = {}) {
  const steps: string[] = [];
  const next = async (answer: Promise<Answer>) => {
    const { to, text, status } = await answer;
    if (status !== 303) throw new Error(`${status}: ${text}`);
    steps.push(to ?? '');
  };
  await next(at.send('/shop', { url: more.url ?? bench.shop.url, ...more.shop }));
  await next(at.send('/keys', INIT_KEYS.write));
  await next(at.send('/company'));
  await next(at.send('/rules'));
  await next(at.send('/books'));
  return steps;
}

function expectNoSecrets(...texts: string[]): void {
  for (const { consumerKey, consumerSecret } of Object.values(INIT_KEYS)) {
    for (const text of texts) {
      expect(text).not.toContain(consumerKey);
      expect(text).not.toContain(consumerSecret);
    }
  }
}

/** The file that the command writes with the same answers; its keys come through pipes. */
async function writtenByCommand(...more: string[]): Promise<string> {
  const other = await openInit();
  const writers = Object.entries(INIT_KEYS.write).map(([name, value]) => {
    execFileSync('mkfifo', [other.at(name)]);
    return spawn('sh', ['-c', `printf %s "$1" > "$2"`, 'sh', value, other.at(name)]);
  });
  const cli = createCli({ config: other.at('orderpark.yaml'), cwd: other.folder });
  const files = ['--key-file', 'consumerKey', '--secret-file', 'consumerSecret'];
  await cli('init', '--url', bench.shop.url, ...files, '--yes', ...more);
  const text = readFileSync(other.at('orderpark.yaml'), 'utf8');
  for (const writer of writers) writer.kill();
  await other.close();
  return text;
}

describe('from the shop’s address to the file', () => {
  it('the same file is written as by the command with the same answers, then it is checked', async () => {
    const init = await bench.begin();
    const at = await reader(init);
    expect(await walk(at)).toEqual(['/keys', '/company', '/rules', '/books', '/review']);
    const review = await at.get('/review');
    expect(readdirSync(bench.folder)).toEqual([]);
    expect(review.text).toContain('secrets/main-key');
    expect((await at.send('/review')).to).toBe('/done');
    const written = readFileSync(bench.at('orderpark.yaml'), 'utf8');
    expect(unescaped(review.text)).toContain(written);
    expect(statSync(bench.at('secrets/main-secret')).mode & 0o777).toBe(0o600);
    const done = await at.get('/done');
    expect(done.text).toContain('it answers and the key is accepted');
    expect(done.text).toContain('No tax was charged');
    const last = await at.post('/done/end', {});
    expect(last.text).toContain('The set-up has ended');
    const { code, out, err } = await init.ended;
    expect(code).toBe(EXIT.attention);
    expect(out).toContain('Wrote secrets/main-key, secrets/main-secret, orderpark.yaml');
    expect(out).toContain('npx orderpark run');
    expectNoSecrets(out, err, review.text, done.text, written);
    expect(written).toBe(await writtenByCommand());
  });

  it('what is answered otherwise is written so', async () => {
    const at = await reader(await bench.begin('--shop', 'winkel', '--port', '8090'));
    await walk(at);
    const company = { sellerName: 'Mijn <Zaak>: BV', vatNumber: 'NL000000000B00' };
    expect((await at.send('/company', { ...company, since: '2025-07-01' })).to).toBe('/review');
    const rules = { 'status.refunded': 'ignore', 'vat.0.code': 'Hoog, 21 {%}' };
    expect((await at.send('/rules', rules)).to).toBe('/review');
    const mail = { mailFrom: 'a@example.com', mailTo: 'b@example.com' };
    const smtp = 'smtp://me:geheim@127.0.0.1:9';
    const books = await at.send('/books', { books: 'email', ...mail, smtp });
    expect(books.to).toBe('/review');
    // A mail server that was given is kept without being typed again.
    expect((await at.send('/books', { flavour: 'ledger' })).to).toBe('/review');
    const pages = [(await at.get('/books')).text, (await at.get('/review')).text];
    expect(pages.join()).not.toContain('geheim');
    await at.send('/review');
    const written = readFileSync(bench.at('orderpark.yaml'), 'utf8');
    expect(written).toContain('name: "Mijn <Zaak>: BV"');
    expect(written).toContain('since: 2025-07-01');
    expect(written).toMatch(/code: "Hoog, 21 \{%\}"/);
    expect(written).toMatch(/ignore:.*\n(?: {8}- .*\n)*? {8}- refunded +# .*by your own choice/);
    expect(written).toContain('smtp: { file: ./secrets/smtp }');
    expect(written).toContain('  port: 8090');
    expect(readFileSync(bench.at('secrets/smtp'), 'utf8')).toBe(`${smtp}\n`);
    expect(existsSync(bench.at('secrets/winkel-key'))).toBe(true);
  });

  it('with a public address the webhooks are offered, and made', async () => {
    const init = await bench.begin();
    const at = await reader(init);
    await walk(at, { shop: { ownUrl: `${OWN}/` } });
    await at.send('/review');
    expect(bench.shop.webhooks.all()).toEqual([]);
    expect((await at.get('/done')).text).toContain('Make the webhooks now');
    await at.post('/done/webhooks', {});
    expect((await at.get('/done')).text).toContain('4 webhooks made');
    expect(bench.shop.webhooks.all()).toHaveLength(4);
    await at.post('/done/webhooks', {});
    expect((await at.get('/done')).text).toContain('4 right already');
    const written = readFileSync(bench.at('orderpark.yaml'), 'utf8');
    expect(written).toBe(await writtenByCommand('--webhook-url', OWN));
  });

  it('a key that may only read is told, and no webhooks are offered', async () => {
    const at = await reader(await bench.begin());
    await at.send('/shop', { url: bench.shop.url, ownUrl: OWN });
    await at.send('/keys', INIT_KEYS.read);
    expect((await at.get('/company')).text).toContain('The key may only read');
  });
});

describe('by WooCommerce’s own page', () => {
  async function asked() {
    const at = await reader(await bench.begin('--port', await freePort()));
    await at.send('/shop', { url: bench.shop.url, ownUrl: OWN, webhook: null });
    expect((await at.post('/keys/approve', {})).to).toBe('/keys');
    const { text } = await at.get('/keys');
    const page = unescaped(/href="([^"]*\/wc-auth\/[^"]*)"/.exec(text)?.[1] ?? '');
    const listensAt = /Waiting at (http:\S+)\./.exec(text)?.[1] ?? '';
    bench.leadTo(listensAt);
    const html = await (await fetch(page)).text();
    const linkTo = (name: string) => {
      const href = new RegExp(`wc-auth-${name}" href="([^"]*)"`).exec(html)?.[1] ?? '';
      return new URL(unescaped(href), bench.shop.url);
    };
    return { at, page, listensAt, linkTo };
  }

  it('the key comes from the shop, once its owner approved', async () => {
    const { at, page, listensAt, linkTo } = await asked();
    expect(new URL(page).searchParams.get('scope')).toBe('read');
    const early = await at.post('/keys/approved', {});
    expect(early.text).toContain('has not sent a key yet');
    await fetch(linkTo('approve'), { redirect: 'manual' });
    expect((await at.post('/keys/approved', {})).to).toBe('/company');
    await expect(fetch(listensAt)).rejects.toThrow('fetch failed');
    await at.send('/company');
    await at.send('/rules');
    await at.send('/books');
    await at.send('/review');
    expect(readFileSync(bench.at('secrets/main-key'), 'utf8')).toMatch(/^ck_[0-9a-f]{40}\n$/);
  });

  it('left without approving, that is told, and another way can be taken', async () => {
    const { at, listensAt, linkTo } = await asked();
    const { pathname, search } = linkTo('deny');
    await fetch(`${listensAt}${pathname}${search}`);
    expect((await at.get('/keys')).text).toContain('left without approving');
    expect((await at.send('/keys', INIT_KEYS.read)).to).toBe('/company');
  });

  it('where its port is taken that is told', async () => {
    const { port } = new URL(bench.shop.url);
    const at = await reader(await bench.begin('--port', port));
    await at.send('/shop', { url: bench.shop.url, ownUrl: OWN });
    const taken = await at.post('/keys/approve', {});
    expect(taken.text).toContain('EADDRINUSE');
  });
});

describe('what cannot be used is told at its field, and what was typed stays', () => {
  it.each([
    ['/shop', { url: 'ftp://x' }, 'That is no web address'],
    ['/shop', { url: 'shop.example', ownUrl: 'http://127.0.0.1' }, 'a public https address'],
    ['/shop', { url: 'shop.example', ownUrl: 'https://192.168.1.2' }, 'not a public address'],
  ] as const)('%s %o', async (path, fields, problem) => {
    const at = await reader(await bench.begin());
    const { status, text } = await at.send(path, fields);
    expect(status).toBe(422);
    expect(text).toContain(problem);
    for (const value of Object.values(fields)) expect(text).toContain(`value="${value}"`);
  });

  it('in the later steps too', async () => {
    const at = await reader(await bench.begin(), 'nl');
    await walk(at);
    const company = await at.send('/company', {
      country: 'Nederland',
      since: '31-12',
      sellerName: ' ',
    });
    expect(company.status).toBe(422);
    expect(company.text.match(/class="problem"/g)).toHaveLength(3);
    expect(company.text).toContain('Schrijf het als NL');
    expect(company.text).toContain('value="Nederland"');
    expect((await at.send('/rules', { 'vat.0.code': '' })).text).toContain('Schrijf hoe je boeken');
    const none = {
      'status.processing': 'park',
      'status.completed': 'park',
      'status.refunded': 'park',
    };
    expect((await at.send('/rules', none)).text).toContain('Zo zou nooit iets worden geboekt');
    const mail = await at.send('/books', {
      books: 'email',
      smtp: 'mail.example.com',
      mailTo: 'nobody',
    });
    expect(mail.text.match(/class="problem"/g)).toHaveLength(3);
    expect(mail.text).not.toContain('value="mail.example.com"');
    expect((await at.send('/books', { books: null })).text).toContain('Kies er minstens één');
  });

  it('an address without WooCommerce', async () => {
    const site = createServer((_, response) => response.end('<h1>a blog</h1>'));
    await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
    const { port } = site.address() as AddressInfo;
    const at = await reader(await bench.begin());
    const { status, text } = await at.send('/shop', { url: `http://127.0.0.1:${port}` });
    site.close();
    expect(status).toBe(422);
    expect(text).toContain('That did not work.');
    expect(text).toContain(`value="http://127.0.0.1:${port}"`);
    const gone = await at.send('/shop', { url: `http://127.0.0.1:${port}` });
    expect(gone.text).toContain('That did not work.');
  });

  it('keys the wrong way round, and of nobody; they are never sent back', async () => {
    const at = await reader(await bench.begin());
    await at.send('/shop', { url: bench.shop.url });
    const { consumerKey, consumerSecret } = INIT_KEYS.write;
    const turned = { consumerKey: consumerSecret, consumerSecret: consumerKey };
    const wrong = await at.send('/keys', turned);
    expect(wrong.text).toContain('That is the consumer secret');
    const unknown = await at.send('/keys', INIT_KEYS.unknown);
    expect(unknown.status).toBe(422);
    expect(unknown.text).toContain('does not accept the key');
    expectNoSecrets(wrong.text, unknown.text);
    expect((await at.send('/keys', INIT_KEYS.write)).to).toBe('/company');
  });
});

describe('a file that is there', () => {
  it('ends the command before a page is served', async () => {
    writeFileSync(bench.at('orderpark.yaml'), 'mine\n');
    await expect(bench.begin()).rejects.toContain('--force');
    expect(readFileSync(bench.at('orderpark.yaml'), 'utf8')).toBe('mine\n');
  });

  it('and that came meanwhile is told, and not overwritten', async () => {
    const at = await reader(await bench.begin());
    await walk(at);
    const token = formIn((await at.get('/review')).text).get('_token') ?? '';
    writeFileSync(bench.at('orderpark.yaml'), 'mine\n');
    expect((await at.get('/review')).text).toContain('Nothing that is there is overwritten');
    const refused = await at.post('/review', {}, token);
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('it is there already. Nothing was written.');
    expect(readFileSync(bench.at('orderpark.yaml'), 'utf8')).toBe('mine\n');
    expect(readdirSync(bench.folder)).not.toContain('main-key');
    expect(readdirSync(bench.at('secrets'))).not.toContain('main-key');
  });

  it('is replaced with --force, which the page says before', async () => {
    writeFileSync(bench.at('orderpark.yaml'), 'mine\n');
    const at = await reader(await bench.begin('--force'));
    await walk(at);
    expect((await at.get('/review')).text).toContain('is there already, and is replaced');
    expect((await at.send('/review')).to).toBe('/done');
    expect(readFileSync(bench.at('orderpark.yaml'), 'utf8')).toContain(
      'Written by "orderpark init"',
    );
  });
});

/** `fetch` does not let a host be claimed. */
function statusOf(url: string, headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    get(url, { headers }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    }).on('error', reject);
  });
}

describe('nobody else', () => {
  it('is answered: without the address, and with it once it was used', async () => {
    const init = await bench.begin();
    const asked = async (path: string, headers: Record<string, string> = {}) => {
      const answer = await fetch(`${init.url}${path}`, { redirect: 'manual', headers });
      return [answer.status, answer.headers.get('set-cookie'), await answer.text()] as const;
    };
    const refused = [403, null, expect.stringContaining('Open the address')];
    for (const path of ['/', '/shop', '/assets/style.css', '/language/nl', '/begin']) {
      expect(await asked(path)).toEqual(refused);
    }
    expect(await asked(`/begin?token=${'x'.repeat(43)}`)).toEqual(refused);
    for (const path of ['/shop', '/keys', '/review', '/done/webhooks', '/done/end']) {
      const posted = await fetch(`${init.url}${path}`, { method: 'POST' });
      expect(posted.status).toBe(403);
    }
    expect(await asked('/', { cookie: 'orderpark-setup=' })).toEqual(refused);
    const at = await reader(init);
    expect((await at.get('/shop')).status).toBe(200);
    const { pathname, search } = new URL(init.address);
    expect(await asked(`${pathname}${search}`)).toEqual(refused);
    const own = { cookie: at.cookie };
    expect((await asked(`${pathname}${search}`, own))[0]).toBe(303);
  });

  it('can send a form: not without its token, and not under another name of this machine', async () => {
    const init = await bench.begin();
    const at = await reader(init);
    for (const token of ['', 'another']) {
      const refused = await at.post('/shop', { url: bench.shop.url }, token);
      expect(refused.status).toBe(403);
    }
    expect((await at.get('/')).to).toBe('/shop');
    const headers = { host: 'evil.example', cookie: at.cookie };
    expect(await statusOf(`${init.url}/shop`, headers)).toBe(403);
    expect(await statusOf(`${init.url}/shop`, { cookie: at.cookie })).toBe(200);
  });

  it('sees a step before its turn', async () => {
    const at = await reader(await bench.begin());
    for (const path of ['/keys', '/company', '/rules', '/books', '/review', '/done']) {
      expect((await at.get(path)).to).toBe('/shop');
      expect((await at.post(path === '/done' ? '/done/end' : path, {})).to).toBe('/shop');
    }
  });
});

it('stopped by Ctrl-C, it leaves nothing', async () => {
  const init = await bench.begin();
  await walk(await reader(init));
  init.stop();
  const { code, err } = await init.ended;
  expect(code).toBe(EXIT.incomplete);
  expect(err).toContain('Stopped. Nothing was written.');
  expectNoSecrets(err);
  expect(readdirSync(bench.folder)).toEqual([]);
});

it('options that the page asks for itself are refused', async () => {
  for (const option of [['--json'], ['--yes'], ['--key-file', 'key']]) {
    await expect(bench.begin(...option)).rejects.toContain('does not go together with --page');
  }
});

it('what is given with the command stands in the forms', async () => {
  const given = ['--url', bench.shop.url, '--seller-name', 'A "B" & C', '--books', 'files,email'];
  const at = await reader(await bench.begin(...given, '--mail-to', 'b@example.com'));
  expect(formIn((await at.get('/shop')).text).get('url')).toBe(bench.shop.url);
  await at.send('/shop');
  await at.send('/keys', INIT_KEYS.write);
  expect(formIn((await at.get('/company')).text).get('sellerName')).toBe('A "B" & C');
  await at.send('/company');
  await at.send('/rules');
  const books = formIn((await at.get('/books')).text);
  expect(books.getAll('books')).toEqual(['files', 'email']);
  expect(books.get('mailTo')).toBe('b@example.com');
});
