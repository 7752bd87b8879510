import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Office, openOffice } from '../support/office.js';

const CHROMIUM = '/usr/bin/chromium';
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const SHOTS = process.env['SCREENSHOTS'] ?? join(tmpdir(), 'orderpark-screenshots');

const PAGES = [
  '/runs',
  '/deliveries',
  '/deliveries/quarantine',
  '/deliveries/quarantine/1',
  '/statement',
  '/configuration',
  '/audit',
] as const;

// Where the checks of a change run, the browser must be there; elsewhere it may be missing.
const isHere = existsSync(CHROMIUM) || process.env['CI'] !== undefined;

describe.skipIf(!isHere)('the pages of the office in a browser', () => {
  let office: Office;
  let browser: Browser;

  beforeAll(async () => {
    mkdirSync(SHOTS, { recursive: true });
    office = await openOffice();
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
    const admin = await office.logIn('admin');
    await admin.post('/statement', { shop: 'main', from: '2026-11-01', to: '2026-11-02' });
  });
  afterAll(async () => {
    await browser?.close();
    await office?.close();
  });

  async function open(
    path: string,
    as: { width: number; language?: 'en' | 'nl'; javaScriptEnabled?: boolean },
    look: (page: Page) => Promise<void>,
  ): Promise<void> {
    const { cookies } = await office.logIn('admin', as.language ?? 'en');
    const context = await browser.newContext({
      viewport: { width: as.width, height: 900 },
      bypassCSP: as.javaScriptEnabled !== false,
      javaScriptEnabled: as.javaScriptEnabled ?? true,
    });
    try {
      await context.addCookies(cookies.map((each) => ({ ...each, url: office.url })));
      const page = await context.newPage();
      await page.goto(`${office.url}${path}`, { waitUntil: 'domcontentloaded' });
      await look(page);
    } finally {
      await context.close();
    }
  }

  const views = PAGES.flatMap((path) => [360, 1440].map((width) => ({ path, width })));

  it.each(views)('$path at $width px is accessible and not wider than its window', async (view) => {
    const { path, width } = view;
    await open(path, { width, language: width === 360 ? 'nl' : 'en' }, async (page) => {
      const name = `${path.slice(1).replaceAll('/', '-')}-${width}.png`;
      await page.screenshot({ path: join(SHOTS, name), fullPage: true });
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(
        width,
      );
      await page.evaluate(AXE);
      const violations = await page.evaluate(
        'axe.run().then((r) => r.violations.map((v) => v.id + ": " + v.nodes.map((n) => n.html).join(" ")))',
      );
      expect(violations).toEqual([]);
    });
  });

  it('a changed file is tried without a script', async () => {
    await open('/configuration', { width: 360, javaScriptEnabled: false }, async (page) => {
      const text = readFileSync(office.config, 'utf8').replace('- processing\n', '- on-hold\n');
      await page.locator('textarea[name=file]').fill(text);
      await page.getByRole('button', { name: 'Show what would change' }).click();
      await page.getByText('orders would end differently').waitFor();
      await page.screenshot({ path: join(SHOTS, 'plan-360.png'), fullPage: true });
    });
  });

  it('what is in quarantine is tried again without a script', async () => {
    await open(
      '/deliveries/quarantine/1',
      { width: 1440, javaScriptEnabled: false },
      async (page) => {
        await page.getByRole('button', { name: 'Try again' }).click();
        await page.getByText('It was tried again').waitFor();
      },
    );
  });
});
