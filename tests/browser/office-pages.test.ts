import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Office, openOffice } from '../support/office.js';
import { isBrowserHere, type OfficeBrowser, openOfficeBrowser } from '../support/office-browser.js';

const PAGES = [
  '/runs',
  '/deliveries',
  '/deliveries/quarantine',
  '/deliveries/quarantine/1',
  '/statement',
  '/configuration',
  '/audit',
] as const;

describe.skipIf(!isBrowserHere)('the pages of the office in a browser', () => {
  let office: Office;
  let browser: OfficeBrowser;

  beforeAll(async () => {
    office = await openOffice();
    browser = await openOfficeBrowser(office);
    const admin = await office.logIn('admin');
    await admin.post('/statement', { shop: 'main', from: '2026-11-01', to: '2026-11-02' });
  });
  afterAll(async () => {
    await browser?.close();
    await office?.close();
  });

  const views = PAGES.flatMap((path) => [360, 1440].map((width) => ({ path, width })));

  it.each(views)('$path at $width px is accessible and not wider than its window', async (view) => {
    const { path, width } = view;
    await browser.open(path, { width, language: width === 360 ? 'nl' : 'en' }, (page) =>
      browser.hold(page, path.slice(1).replaceAll('/', '-')),
    );
  });

  it('a changed file is tried without a script', async () => {
    await browser.open('/configuration', { width: 360, javaScriptEnabled: false }, async (page) => {
      const text = readFileSync(office.config, 'utf8').replace('- processing\n', '- on-hold\n');
      await page.locator('textarea[name=file]').fill(text);
      await page.getByRole('button', { name: 'Show what would change' }).click();
      await page.getByText('orders would end differently').waitFor();
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
    });
  });

  it.each([360, 1440])('what an uploaded file would do is accessible, at %s px', async (width) => {
    await browser.open('/configuration', { width }, async (page) => {
      const text = readFileSync(office.config, 'utf8').replace('- processing\n', '- on-hold\n');
      const changed = { name: 'changed.yaml', mimeType: 'text/yaml', buffer: Buffer.from(text) };
      await page.locator('input[type=file]').setInputFiles(changed);
      await page.getByRole('button', { name: 'Show what would change' }).click();
      await page.getByText('orders would end differently').waitFor();
      await browser.hold(page, 'plan');
    });
  });

  it('what is in quarantine is tried again without a script', async () => {
    await browser.open(
      '/deliveries/quarantine/1',
      { width: 1440, javaScriptEnabled: false },
      async (page) => {
        await page.getByRole('button', { name: 'Try again' }).click();
        await page.getByText('It was tried again').waitFor();
      },
    );
  });
});
