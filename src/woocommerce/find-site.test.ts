import { inspect } from 'node:util';
import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { NOW_MS, replay } from '../../tests/support/recorded-shop.js';
import { loadRecording } from '../../tests/support/recordings.js';
import { findSite, type Looking } from './find-site.js';
import { ShopError } from './shop-error.js';
import { createOpenPage } from './transport.js';

/** Sites of the faults that real ones have: each a map from address to what it answers. */

const server = setupServer();
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

const clock = { now: () => NOW_MS };
const looking: Looking = {
  shop: 'main',
  open: createOpenPage({
    shop: 'main',
    timeoutMs: 5000,
    maxBytes: 1_000_000,
    concurrency: 1,
    clock,
  }),
  allowPlainHttp: false,
  nowMs: clock.now,
};

type Answers = Readonly<Record<string, () => Response>>;

/** Answers by origin and path, with the query where it matters; anything else is a 404 page. */
function site(answers: Answers): string[] {
  const asked: string[] = [];
  server.use(
    http.get(/^https?:/, ({ request }) => {
      expect(request.headers.get('authorization')).toBeNull();
      const { origin, pathname, search } = new URL(request.url);
      asked.push(`${origin}${pathname}${search}`);
      const answer = answers[`${origin}${pathname}${search}`];
      return answer?.() ?? page('Not found', '', 404);
    }),
  );
  return asked;
}

const recorded = (name: string) => () => replay(loadRecording(name));
const INDEX = recorded('wp-json-root');
const page = (title: string, head = '', status = 200) =>
  HttpResponse.html(
    `<!DOCTYPE html><html><head><title>${title}</title>${head}</head><body></body></html>`,
    { status },
  );
const redirect = (to: string, status = 301) =>
  HttpResponse.text('', { status, headers: { location: to } });
const index = (namespaces: string[]) =>
  HttpResponse.json({ name: 'Winkel', timezone_string: '', namespaces });

async function failure(address: string): Promise<ShopError> {
  const error = await findSite(address, looking).then(
    (found) => found,
    (reason: unknown) => reason,
  );
  if (error instanceof ShopError) return error;
  throw new Error(`expected a ShopError, got ${inspect(error)}`);
}

describe('a site is found', () => {
  it('at the address that was given, with its name and zone', async () => {
    const asked = site({ 'https://shop.example/wp-json/': INDEX });
    expect(await findSite('https://shop.example', looking)).toEqual({
      url: 'https://shop.example',
      name: 'Voorbeeldwinkel',
      timezone: 'Europe/Amsterdam',
      isOpen: true,
    });
    expect(asked).toEqual(['https://shop.example/wp-json/']);
  });

  it('where a redirect leads', async () => {
    site({
      'https://shop.example/wp-json/': () => redirect('https://www.shop.example/wp-json/'),
      'https://www.shop.example/wp-json/': INDEX,
    });
    expect(await findSite('https://shop.example', looking)).toMatchObject({
      url: 'https://www.shop.example',
    });
  });

  it('in the folder that its front page names, in the header or in the head', async () => {
    const link = { link: '<https://shop.example/winkel/wp-json/>; rel="https://api.w.org/"' };
    const front = [
      () => HttpResponse.html('<html></html>', { headers: link }),
      () => page('x', "<link href='/winkel/wp-json/' rel='https://api.w.org/' />"),
    ];
    for (const answer of front) {
      site({
        'https://shop.example/': answer,
        'https://shop.example/winkel/wp-json/': INDEX,
      });
      expect(await findSite('https://shop.example', looking)).toMatchObject({
        url: 'https://shop.example/winkel',
      });
    }
  });

  it('from a page of it', async () => {
    site({
      'https://shop.example/product/mok/': () =>
        page('Mok', '<link rel="https://api.w.org/" href="https://shop.example/wp-json/" />'),
      'https://shop.example/wp-json/': INDEX,
    });
    expect(await findSite('https://shop.example/product/mok', looking)).toMatchObject({
      url: 'https://shop.example',
    });
  });

  it('where a plugin keeps the REST API from strangers: only a key will tell more', async () => {
    site({
      'https://shop.example/wp-json/': () =>
        HttpResponse.json(
          { code: 'rest_login_required', message: 'Log in first.', data: { status: 401 } },
          { status: 401 },
        ),
    });
    expect(await findSite('https://shop.example', looking)).toEqual({
      url: 'https://shop.example',
      isOpen: false,
    });
  });
});

describe('what stands in the way is named, with its fix', () => {
  it.each([
    ['404 for /wp-json/', () => page('Not found', '', 404)],
    ['the front page for every address', () => page('Winkel')],
  ])('plain permalinks: %s', async (_, answer) => {
    site({
      'https://shop.example/wp-json/': answer,
      'https://shop.example/': () => page('Winkel'),
      'https://shop.example/?rest_route=/': INDEX,
    });
    const error = await failure('https://shop.example');
    expect(error).toMatchObject({ kind: 'config', message: expect.stringContaining('plain') });
    expect(error.fix).toContain('Settings > Permalinks');
  });

  it('plain permalinks, as the front page tells them', async () => {
    site({
      'https://shop.example/': () =>
        page(
          'Winkel',
          '<link rel="https://api.w.org/" href="https://shop.example/?rest_route=/&amp;x=1" />',
        ),
    });
    expect((await failure('https://shop.example')).message).toContain('permalinks');
  });

  const FAULTS: readonly (readonly [string, Answers, RegExp, RegExp])[] = [
    [
      'a login wall',
      {
        'https://shop.example/wp-json/': () => redirect('/wp-login.php', 302),
        'https://shop.example/': () => redirect('/wp-login.php', 302),
        'https://shop.example/wp-login.php': () => page('Log in'),
      },
      /web page \(HTML\) came instead of JSON/,
      /login wall/,
    ],
    [
      'maintenance',
      { 'https://shop.example/wp-json/': recorded('fault-maintenance-503') },
      /down for maintenance/,
      /ask the shop's host/,
    ],
    [
      'a firewall',
      { 'https://shop.example/wp-json/': recorded('fault-firewall-html-403') },
      /firewall or security plugin refuses us/,
      /Allow this machine's address/,
    ],
    [
      'a password of the web server',
      {
        'https://shop.example/wp-json/': () =>
          HttpResponse.html('<html></html>', {
            status: 401,
            headers: { 'www-authenticate': 'Basic' },
          }),
      },
      /asks for a password of its own/,
      /live shop/,
    ],
    [
      'a notice before the JSON',
      { 'https://shop.example/wp-json/': recorded('fault-php-notice-before-json') },
      /PHP notice or other text stands before the JSON/,
      /display_errors/,
    ],
    [
      'WordPress without WooCommerce',
      { 'https://shop.example/wp-json/': () => index(['oembed/1.0', 'wp/v2']) },
      /WooCommerce is not active/,
      /activate the plugin/,
    ],
    [
      'a WooCommerce of long ago',
      { 'https://shop.example/wp-json/': () => index(['wp/v2', 'wc/v1', 'wc/v2']) },
      /older than 3\.5/,
      /Update WooCommerce/,
    ],
    [
      'something that is no WordPress',
      { 'https://shop.example/wp-json/': () => HttpResponse.json({ hello: 'world' }) },
      /no WordPress/,
      /address of the shop/,
    ],
    [
      'a web server without either',
      { 'https://shop.example/': () => page('Welcome to nginx') },
      /REST API is not at this address/,
      /Check the url/,
    ],
    [
      'a site that sends everybody on to plain http',
      {
        'https://shop.example/wp-json/': () => redirect('http://shop.example/wp-json/'),
        'http://shop.example/wp-json/': INDEX,
      },
      /plain http/,
      /https/,
    ],
    [
      'redirects in a circle',
      { 'https://shop.example/wp-json/': () => redirect('https://shop.example/wp-json/') },
      /sends us on/,
      /final address|Set the shop's url/,
    ],
  ];
  it.each(FAULTS)('%s', async (_, answers, message, fix) => {
    site(answers);
    const error = await failure('https://shop.example');
    expect(error.message).toMatch(message);
    expect(error.fix).toMatch(fix);
  });

  it('a host that does not answer', async () => {
    site({ 'https://shop.example/wp-json/': () => HttpResponse.error() });
    expect(await failure('https://shop.example')).toMatchObject({ kind: 'wait' });
  });
});
