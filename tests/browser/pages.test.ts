import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPageSite, type PageSite, type Visitor } from '../support/page-site.js';

const CHROMIUM = '/usr/bin/chromium';
const isThere = existsSync(CHROMIUM);
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** Looked at by people, and kept by CI. */
const SHOTS = process.env['SCREENSHOTS'] ?? join(tmpdir(), 'orderpark-screenshots');

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
  { width: 1440, colorScheme: 'light', language: 'en', javaScriptEnabled: false },
  { width: 1440, colorScheme: 'dark', language: 'nl', javaScriptEnabled: true },
] as const;

it.runIf(process.env['CI'])('a Chromium is there where the tests must all run', () => {
  expect(isThere).toBe(true);
});

describe.runIf(isThere)('the pages in a browser', () => {
  let site: PageSite;
  let operator: Visitor;
  let browser: Browser;

  beforeAll(async () => {
    mkdirSync(SHOTS, { recursive: true });
    site = await openPageSite();
    operator = await site.logIn('operator');
    browser = await chromium.launch({
      executablePath: CHROMIUM,
      args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
    });
    await site.app.intake.decide('main', 900_003, 'ignore');
    await site.app.intake.decide('main', 900_004, 'forward');
    for (const id of [900_005, 900_006, 900_007]) await site.bookAndChange(id);
    await site.app.worker.runOnce(undefined, new AbortController().signal);
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });

  async function opened(options: BrowserContextOptions, visitor?: Visitor): Promise<Page> {
    const context = await browser.newContext(options);
    const [name = '', value = ''] = visitor?.cookie.split('=') ?? [];
    if (visitor) await context.addCookies([{ name, value, url: site.url }]);
    return context.newPage();
  }

  /** What axe finds against WCAG 2.2 AA, as one line each. */
  async function axeOn(page: Page): Promise<readonly string[]> {
    await page.evaluate(AXE);
    const found: unknown = await page.evaluate(`axe.run(document, { runOnly: {
      type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    } }).then(({ violations }) => violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => id + ': ' + html + ' ' + failureSummary)))`);
    return Array.isArray(found) ? found.map(String) : ['axe answered nothing'];
  }

  describe.each(VIEWS)('$width px, $colorScheme, $language, script $javaScriptEnabled', (view) => {
    const { width, colorScheme, language, javaScriptEnabled } = view;
    const size = { width, height: 900 };
    const common = { viewport: size, colorScheme, bypassCSP: true, locale: language } as const;

    it.each(Object.entries(PAGES))('%s is whole, and axe finds nothing', async (name, path) => {
      // axe is a script itself, so it looks at the page with scripts on; the picture is of the other.
      const page = await opened(common, name === 'login' ? undefined : operator);
      await page.goto(site.url + path);
      expect(await axeOn(page)).toEqual([]);
      const wide: unknown = await page.evaluate('document.documentElement.scrollWidth');
      expect(wide).toBeLessThanOrEqual(width);
      await page.context().close();

      const plain = await opened(
        { ...common, javaScriptEnabled },
        name === 'login' ? undefined : operator,
      );
      await plain.goto(site.url + path);
      expect(await plain.locator('h1').count()).toBe(1);
      const file = `${name}-${width}-${colorScheme}-${language}.png`;
      await plain.screenshot({ path: join(SHOTS, file), fullPage: true });
      await plain.context().close();
    });
  });

  it.each([true, false])(
    'orders are left out and given back, with scripts: %s',
    async (javaScriptEnabled) => {
      const page = await opened({ javaScriptEnabled, locale: 'en' }, operator);
      await page.goto(`${site.url}/open`);
      await page.getByLabel('Select order 900001').check();
      await page.getByRole('button', { name: 'Leave out' }).click();
      expect(await page.locator('h1').textContent()).toBe('Leave out: 1 order');
      await page.getByRole('button', { name: 'Confirm' }).click();
      expect(await page.getByRole('status').textContent()).toContain('Left out: 1.');
      expect((await site.app.store.order('main', 900_001))?.state).toBe('ignored');
      await page.getByRole('button', { name: 'Give back to the rules' }).click();
      expect(await page.getByRole('status').textContent()).toContain('Given back to the rules: 1.');
      expect((await site.app.store.order('main', 900_001))?.state).toBe('parked');
      await page.context().close();
    },
  );

  it.each([
    [true, 900_006],
    [false, 900_007],
  ])(
    'a changed order is credited and booked again, with scripts: %s',
    async (javaScriptEnabled, id) => {
      const page = await opened({ javaScriptEnabled, locale: 'en' }, operator);
      await page.goto(`${site.url}/attention?show=changed`);
      await page.locator(`a[href="/orders/main/${id}/proposal"]`).click();
      await page.getByRole('button', { name: 'Accept' }).click();
      expect(await page.getByRole('status').textContent()).toContain('It is corrected');
      expect(await site.app.store.documentsOf('main', id)).toHaveLength(3);
      expect(await page.getByRole('link', { name: 'Credit and book again' }).count()).toBe(0);
      await page.context().close();
    },
  );

  it('nothing that a shop sent runs as a script', async () => {
    const page = await opened({ locale: 'en' }, operator);
    const said: string[] = [];
    page.on('dialog', (dialog) => {
      said.push(dialog.message());
      void dialog.dismiss();
    });
    for (const path of ['/open', '/orders/main/900002', '/booked']) {
      await page.goto(site.url + path);
    }
    expect(said).toEqual([]);
    await page.context().close();
  });
});
