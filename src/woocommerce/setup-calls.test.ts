import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { ANY_HTTPS, replay, testClient } from '../../tests/support/recorded-shop.js';
import { loadRecording, recordedJson } from '../../tests/support/recordings.js';

/** What a config is proposed from, read as recorded. */

const server = setupServer();
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

const API = 'https://shop.example/wp-json/wc/v3';

/** Serves a recording at its path, and keeps what was asked of it. */
function serve(path: string, name: string): URLSearchParams[] {
  const asked: URLSearchParams[] = [];
  server.use(
    http.get(`${API}/${path}`, ({ request }) => {
      asked.push(new URL(request.url).searchParams);
      return replay(loadRecording(name));
    }),
  );
  return asked;
}

const { setup } = testClient();

it('settings are values by their ids', async () => {
  serve('settings/general', 'settings-general');
  const settings = await setup.settings('general', {});
  expect(settings.get('woocommerce_store_address')).toBe('Damrak 1');
  expect(settings.get('woocommerce_default_country')).toBe('NL');
  serve('settings/tax', 'settings-tax');
  expect((await setup.settings('tax', {})).get('woocommerce_prices_include_tax')).toBe('yes');
});

it('rates have their percentage without zeros at its end', async () => {
  serve('taxes', 'taxes-2-before');
  const rates = await setup.taxRates({});
  expect(rates).toHaveLength(14);
  expect(rates.map(({ percent }) => percent)).toEqual(
    '21 19 21 9 7 6 0 5 9.975 20 21 21 9 20'.split(' '),
  );
  expect(rates[0]).toEqual({
    id: 1,
    country: 'NL',
    state: '',
    postcode: '',
    percent: '21',
    name: 'BTW hoog',
    taxClass: 'standard',
  });
});

it('rates of several pages are read to the end', async () => {
  const rate = (id: number) => ({
    id,
    country: 'NL',
    rate: '21.0000',
    name: 'x',
    class: 'standard',
  });
  server.use(
    http.get(`${API}/taxes`, ({ request }) => {
      const from = (Number(new URL(request.url).searchParams.get('page')) - 1) * 100;
      const ids = Array.from({ length: 250 }, (_, at) => at + 1).slice(from, from + 100);
      return HttpResponse.json(ids.map(rate), { headers: { 'x-wp-total': '250' } });
    }),
  );
  expect((await setup.taxRates({})).map(({ id }) => id)).toEqual(
    Array.from({ length: 250 }, (_, at) => at + 1),
  );
});

it('classes have the names that the owner gave them', async () => {
  serve('taxes/classes', 'taxes-classes');
  expect(await setup.taxClasses({})).toContainEqual({ slug: 'zero-rate', name: 'Zero rate' });
});

it('of gateways only id, title and state are asked for, since their settings hold secrets', async () => {
  const asked = serve('payment_gateways', 'payment-gateways');
  expect(await setup.paymentGateways({})).toEqual(recordedJson('payment-gateways'));
  expect(asked.map((query) => query.get('_fields'))).toEqual(['id,title,enabled']);
});

it('an item that is none is named, and never left out', async () => {
  server.use(http.get(ANY_HTTPS, () => HttpResponse.json([{ title: 'without an id' }])));
  await expect(setup.paymentGateways({})).rejects.toMatchObject({
    kind: 'garbled',
    message: expect.stringContaining('payment_gateways'),
  });
});
