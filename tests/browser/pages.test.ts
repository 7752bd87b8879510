import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isBrowserHere, openBrowser, type TestBrowser, type View } from '../support/browser.js';
import { openPageSite, type PageSite, type Visitor } from '../support/page-site.js';

const PAGES = {
  login: '/login',
  overview: '/',
  open: '/open',
  'open-left-out': '/open?state=ignored',
  attention: '/attention',
  changed: '/attention?show=changed',
  booked: '/booked',
  parked: '/orders/main/900002',
  forwarded: '/orders/main/900004',
  'changed-order': '/orders/main/900005',
  proposal: '/orders/main/900005/proposal',
} as const;

const VIEWS = [
  { width: 360, colorScheme: 'light', language: 'nl', javaScriptEnabled: true },
  { width: 360, colorScheme: 'dark', language: 'en', javaScriptEnabled: false },
  { width: 1440, colorScheme: 'light', language: 'nl', javaScriptEnabled: false },
  { width: 1440, colorScheme: 'dark', language: 'en', javaScriptEnabled: true },
] as const;

describe.skipIf(!isBrowserHere)('the pages in a browser', () => {
  let site: PageSite;
  let operator: Visitor;
  let browser: TestBrowser;

  beforeAll(async () => {
    site = await openPageSite();
    operator = await site.logIn('operator');
    browser = await openBrowser();
    await site.app.intake.decide('main', 900_003, 'ignore');
    await site.app.intake.decide('main', 900_004, 'forward');
    for (const id of [900_005, 900_006, 900_007]) await site.bookAndChange(id);
    await site.app.worker.runOnce(undefined, new AbortController().signal);
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });

  /** As the operator, or as nobody. */
  const open = (path: string, view: View, isKnown = true) => {
    const [name = '', value = ''] = operator.cookie.split('=');
    const cookies = isKnown ? [{ name, value }] : [];
    return browser.open({ ...view, url: site.url + path, cookies });
  };

  describe.each(VIEWS)('$width px, $colorScheme, $language, script $javaScriptEnabled', (view) => {
    it.each(Object.entries(PAGES))('%s is whole, and axe finds nothing', async (name, path) => {
      const page = await open(path, view, name !== 'login');
      expect(await page.locator('h1').count()).toBe(1);
      const look = view.javaScriptEnabled ? browser.hold : browser.picture;
      await look(page, `${name}-${view.colorScheme}-${view.language}`);
    });
  });

  it.each([
    { width: 1440, javaScriptEnabled: true },
    { width: 360, javaScriptEnabled: true },
    { width: 360, javaScriptEnabled: false },
  ])(
    'orders are left out and given back at $width px, with scripts: $javaScriptEnabled',
    async (view) => {
      const look = view.javaScriptEnabled ? browser.hold : browser.picture;
      const page = await open('/open', view);
      await page.getByLabel('Select order 900001').check();
      await page.getByRole('button', { name: 'Leave out' }).click();
      expect(await page.locator('h1').textContent()).toBe('Leave out: 1 order');
      await look(page, 'confirm');
      await page.getByRole('button', { name: 'Confirm' }).click();
      expect(await page.getByRole('status').textContent()).toContain('Left out: 1.');
      await look(page, 'left-out');
      expect((await site.app.store.order('main', 900_001))?.state).toBe('ignored');
      await page.getByRole('button', { name: 'Give back to the rules' }).click();
      expect(await page.getByRole('status').textContent()).toContain('Given back to the rules: 1.');
      expect((await site.app.store.order('main', 900_001))?.state).toBe('parked');
    },
  );

  it.each([
    [true, 900_006],
    [false, 900_007],
  ])(
    'a changed order is credited and booked again, with scripts: %s',
    async (javaScriptEnabled, id) => {
      const page = await open('/attention?show=changed', { width: 360, javaScriptEnabled });
      await page.locator(`a[href="/orders/main/${id}/proposal"]`).click();
      await page.getByRole('button', { name: 'Accept' }).click();
      expect(await page.getByRole('status').textContent()).toContain('It is corrected');
      expect(await site.app.store.documentsOf('main', id)).toHaveLength(3);
      expect(await page.getByRole('link', { name: 'Credit and book again' }).count()).toBe(0);
      await (javaScriptEnabled ? browser.hold : browser.picture)(page, 'booked-again');
    },
  );

  it('a page shows by itself what happened, and its boxes work as before', async () => {
    const page = await open('/open', { width: 1440 });
    await page.getByLabel('Select order 900002').waitFor();
    await site.app.intake.decide('main', 900_002, 'ignore');
    await page.getByLabel('Select order 900002').waitFor({ state: 'detached' });
    await page.getByLabel('Select all').check();
    expect(await page.getByLabel('Select order 900001').isChecked()).toBe(true);
    // What somebody is about to do is not taken from under their hands.
    await site.app.intake.decide('main', 900_002, null);
    await page.getByLabel('Select all').uncheck();
    await page.locator('h1').click();
    await page.getByLabel('Select order 900002').waitFor();
  });

  it.each([360, 1440])('what is not there is told accessibly, at %s px', async (width) => {
    await browser.hold(await open('/orders/main/1', { width }), 'not-there');
    await browser.hold(await open('/open?find=nobody', { width }), 'nobody-found');
  });

  it('nothing that a shop sent runs as a script', async () => {
    const page = await open('/', { width: 1440 });
    const said: string[] = [];
    page.on('dialog', (dialog) => {
      said.push(dialog.message());
      void dialog.dismiss();
    });
    for (const path of ['/open', '/orders/main/900002', '/booked']) {
      await page.goto(site.url + path);
    }
    expect(said).toEqual([]);
  });
});
