import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { instantOf } from '../../src/orders/time.js';
import { aHistoryEntry } from '../conformance/store/samples.js';
import { type Office, openOffice } from '../support/office.js';
import { isBrowserHere, type OfficeBrowser, openOfficeBrowser } from '../support/office-browser.js';
import { ok, type Receiver, startReceiver } from '../support/receiver.js';

const PATH = '/subscriptions';
const NEVER = new AbortController().signal;
const WIDTHS = [360, 1440] as const;
const role = 'operator';

describe.skipIf(!isBrowserHere)('the pages of outbound webhooks in a browser', () => {
  let office: Office;
  let browser: OfficeBrowser;
  let receiver: Receiver;
  /** One that is well, one that fails, one that we disabled. */
  let ids: readonly string[];
  let failed: number;

  beforeAll(async () => {
    [office, receiver] = await Promise.all([openOffice(), startReceiver()]);
    browser = await openOfficeBrowser(office);
    ids = await fill();
    const filter = { subscriptionId: ids[1] ?? '', failed: true };
    failed = (await office.app.outbound.attempts(filter, { limit: 1 }))[0]?.id ?? 0;
  });
  afterAll(async () => {
    await browser?.close();
    await receiver?.close();
    await office?.close();
  });

  async function subscribe(description: string, more: object = {}): Promise<string> {
    const wish = { url: receiver.url, description, ...more };
    const created = await office.app.outbound.create(wish);
    if (created.kind !== 'created') throw new Error(JSON.stringify(created));
    return created.subscription.id;
  }

  async function fill(): Promise<readonly string[]> {
    const { store, clock, outbound } = office.app;
    const [order] = await store.listOrders({}, { limit: 1 });
    const happen = async () => {
      const entry = aHistoryEntry(order?.id ?? 0, { at: instantOf(clock.now()), to: 'parked' });
      await store.transaction((tx) => tx.addHistory([entry]));
      await outbound.deliverDue(NEVER);
    };
    const well = await subscribe('The warehouse', {
      ...{ category: 'orders', events: ['order.parked', 'order.forwarded', 'order.expired'] },
    });
    for (let each = 0; each < 3; each += 1) await happen();
    const gone = await subscribe('An old receiver', { category: 'orders' });
    receiver.answer = (response) => void response.writeHead(410).end();
    await outbound.change(well, { enabled: false });
    await happen();
    const ill = await subscribe('', { category: 'orders' });
    const html = '<html><body><h1>Bad gateway</h1></body></html>';
    receiver.answer = (response) =>
      void response.writeHead(502, { 'content-type': 'text/html', server: 'nginx' }).end(html);
    await happen();
    receiver.answer = ok;
    await outbound.change(well, { enabled: true });
    return [well, ill, gone];
  }

  const pages = () => ({
    list: PATH,
    new: `${PATH}/new`,
    edit: `${PATH}/${ids[0]}/edit`,
    well: `${PATH}/${ids[0]}`,
    failing: `${PATH}/${ids[1]}?show=failed`,
    disabled: `${PATH}/${ids[2]}`,
    attempt: `${PATH}/${ids[1]}/attempts/${failed}`,
  });
  const names = ['list', 'new', 'edit', 'well', 'failing', 'disabled', 'attempt'] as const;

  // Dutch has the longer words, and so stands in the narrow window.
  const views = names.flatMap((name) => [
    { name, width: 360, language: 'nl', colorScheme: 'dark' } as const,
    { name, width: 1440, language: 'en', colorScheme: 'light' } as const,
  ]);

  it.each(views)(
    '$name at $width px in $language is accessible, and not too wide',
    async (view) => {
      const { name } = view;
      await browser.open(pages()[name], { ...view, role }, (page) =>
        browser.hold(page, `subscriptions-${name}`),
      );
    },
  );

  const press = (page: Page, name: string) => page.getByRole('button', { name }).click();

  describe.each([true, false])('with scripts: %s', (javaScriptEnabled) => {
    it.each(WIDTHS)('all is done that can be done, at %s px', async (width) => {
      const hold = async (page: Page, name: string) => {
        // axe is a script itself.
        if (javaScriptEnabled) await browser.hold(page, `subscriptions-${name}`);
      };
      await browser.open(PATH, { width, role, javaScriptEnabled }, async (page) => {
        await page.getByRole('link', { name: 'Add a subscription' }).click();
        await page.getByLabel('URL').fill('http://10.0.0.1/hook');
        await page.getByLabel('Description').fill('Till');
        await page.getByLabel('Orders').check();
        await page.getByLabel('batch.completed').check();
        await press(page, 'Make it');
        await page.getByText('2 things are to be put right.').waitFor();
        await hold(page, 'wrong');
        expect(await page.getByLabel('Description').inputValue()).toBe('Till');
        await page.getByLabel('URL').fill(receiver.url);
        await page.getByLabel('batch.completed').uncheck();
        await page.getByLabel('order.parked').check();
        await press(page, 'Make it');
        const secret = await page.locator('code.secret').textContent();
        expect(secret).toMatch(/^whsec_/);
        await hold(page, 'secret');
        await page.reload();
        expect(await page.locator('code.secret').textContent()).toBe(secret);
        await page.getByRole('link', { name: 'To the subscription' }).click();
        await page.getByRole('heading', { level: 1, name: 'Till' }).waitFor();
        await press(page, 'Send a test');
        await page.getByText('This is the test that was sent just now.').waitFor();
        await hold(page, 'tested');
        await press(page, 'Deliver again');
        await page.getByText('What failed is due now').waitFor();
        await press(page, 'Disable');
        await page.getByText('It is disabled.').waitFor();
        await press(page, 'Enable');
        await page.getByText('It is enabled').waitFor();
        await press(page, 'Rotate the secret');
        await hold(page, 'rotate');
        await press(page, 'Rotate the secret');
        expect(await page.locator('code.secret').textContent()).not.toBe(secret);
        await page.getByRole('link', { name: 'To the subscription' }).click();
        await page.getByRole('link', { name: 'Edit' }).click();
        await page.getByLabel('Description').fill('The till');
        await press(page, 'Save');
        await page.getByText('It was changed.').waitFor();
        await press(page, 'Remove');
        await press(page, 'Remove');
        await page.getByText('It was removed.').waitFor();
      });
    });
  });
});
