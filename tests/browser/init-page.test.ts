import type { Browser, Page } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { INIT_KEYS, type InitBench, OWN, openInit } from '../support/init-page.js';
import { faultsOf, hasBrowser, openBrowser, shoot, visit } from '../support/pages-in-browser.js';

describe.skipIf(!hasBrowser)('the pages for a first config in a browser', () => {
  let bench: InitBench;
  let browser: Browser;
  beforeEach(async () => {
    [bench, browser] = [await openInit(), await openBrowser()];
  });
  afterEach(async () => {
    await browser?.close();
    await bench?.close();
  });

  /** From the printed address to the end, with `look` at each step. */
  async function walk(page: Page, next: string, look: (step: string) => Promise<void>) {
    const goOn = async (step: string, name = next) => {
      await look(step);
      await page.getByRole('button', { name, exact: true }).last().click();
    };
    await page.locator('[name=url]').fill(bench.shop.url);
    await page.locator('[name=ownUrl]').fill(OWN);
    await goOn('shop');
    await page.locator('[name=consumerKey]').fill(INIT_KEYS.write.consumerKey);
    await page.locator('[name=consumerSecret]').fill('cs 1');
    await goOn('keys');
    await page.locator('[aria-invalid=true]').waitFor();
    await look('keys-wrong');
    await page.locator('[name=consumerKey]').fill(INIT_KEYS.write.consumerKey);
    await page.locator('[name=consumerSecret]').fill(INIT_KEYS.write.consumerSecret);
    await page.getByRole('button', { name: next, exact: true }).last().click();
    await goOn('company');
    await goOn('rules');
    await goOn('books');
    await look('review');
  }

  const views = [
    {
      width: 360,
      language: 'nl',
      next: 'Verder',
      write: 'Schrijf het',
      end: 'Het instellen beëindigen',
    },
    { width: 1440, language: 'en', next: 'Go on', write: 'Write it', end: 'End the set-up' },
  ] as const;

  it.each(views)(
    'each step at $width px is accessible and not wider than its window',
    async (view) => {
      const { width, language, next, write, end } = view;
      const init = await bench.begin();
      const { origin, pathname, search } = new URL(init.address);
      const cookies = [{ name: 'language', value: language }];
      const at = { url: origin, path: `${pathname}${search}`, width, cookies };
      await visit(browser, at, async (page) => {
        const look = async (step: string) => {
          await shoot(page, `init-${step}-${width}`);
          expect([step, await faultsOf(page)]).toEqual([step, []]);
        };
        await walk(page, next, look);
        await page.getByRole('button', { name: write }).click();
        await page.getByRole('button', { name: end }).waitFor();
        await look('done');
        await page.getByRole('button', { name: end }).click();
        await page.locator('h1').waitFor();
      });
      expect((await init.ended).out).toContain('Wrote secrets/main-key');
    },
  );

  it('all of it works without a script', async () => {
    const init = await bench.begin();
    const { origin, pathname, search } = new URL(init.address);
    const at = {
      url: origin,
      path: `${pathname}${search}`,
      width: 360,
      cookies: [],
      hasScripts: false,
    };
    await visit(browser, at, async (page) => {
      await walk(page, 'Go on', async () => {});
      await page.getByRole('button', { name: 'Write it' }).click();
      await page.getByRole('button', { name: 'Make the webhooks now' }).click();
      await page.getByText('4 webhooks made').waitFor();
      await page.getByRole('button', { name: 'End the set-up' }).click();
      await page.getByText('The set-up has ended').waitFor();
    });
    expect((await init.ended).out).toContain('Wrote secrets/main-key');
  });
});
