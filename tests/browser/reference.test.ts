import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Office, openOffice } from '../support/office.js';
import { faultsOf, hasBrowser, openBrowser, shoot, visit } from '../support/pages-in-browser.js';

const PAGES = ['/api/docs', '/api/docs/listOrders', '/api/docs/makeStatement'] as const;

describe.skipIf(!hasBrowser)('the API in a browser', () => {
  let office: Office;
  let browser: Browser;

  beforeAll(async () => {
    office = await openOffice();
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await office?.close();
  });

  const as = async (width: number, path: string, hasScripts = true) => {
    const { cookies } = await office.logIn('accountant', width === 360 ? 'nl' : 'en');
    return { url: office.url, path, width, cookies, hasScripts };
  };
  const views = PAGES.flatMap((path) => [360, 1440].map((width) => ({ path, width })));

  it.each(views)('$path at $width px is accessible and not wider than its window', async (view) => {
    const { path, width } = view;
    await visit(browser, await as(width, path), async (page) => {
      await page.evaluate(
        'for (const each of document.querySelectorAll("details")) each.open = true',
      );
      await shoot(page, `${path.slice(1).replaceAll('/', '-')}-${width}`);
      expect(await faultsOf(page)).toEqual([]);
    });
  });

  it.each([true, false])('a call is tried and its answer stays (scripts: %s)', async (scripts) => {
    await visit(
      browser,
      await as(1440, '/api/docs#operation-listOrders', scripts),
      async (page) => {
        await page.getByRole('link', { name: 'Try: listOrders' }).click();
        await page.getByLabel('parked').check();
        await page.getByRole('button', { name: 'Send' }).click();
        await page.getByText('"state": "parked"').waitFor();
        expect(await page.getByLabel('parked').isChecked()).toBe(true);
        await shoot(page, 'api-docs-answer-1440');
        if (scripts) expect(await faultsOf(page)).toEqual([]);
      },
    );
  });

  it('an action is asked for twice without a script', async () => {
    await visit(browser, await as(360, '/api/docs/makeStatement', false), async (page) => {
      await page.locator('[name="path.shop"]').fill('main');
      await page.locator('textarea').fill('{"from":"2026-11-01","to":"2026-11-02"}');
      await page.getByRole('button', { name: 'Versturen' }).click();
      await page.getByText('Het gebeurt echt, als token:accountant').waitFor();
      await shoot(page, 'api-docs-confirm-360');
      await page.getByRole('button', { name: 'Ja, doe het' }).click();
      await page.getByText('"listed"').waitFor();
    });
  });
});
