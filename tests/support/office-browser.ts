import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Office, OfficeRole } from './office.js';

const CHROMIUM = '/usr/bin/chromium';
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const SHOTS = process.env['SCREENSHOTS'] ?? join(tmpdir(), 'orderpark-screenshots');

// Where the checks of a change run, the browser must be there; elsewhere it may be missing.
export const isBrowserHere = existsSync(CHROMIUM) || process.env['CI'] !== undefined;

interface View {
  readonly width: number;
  readonly language?: 'en' | 'nl';
  readonly javaScriptEnabled?: boolean;
  readonly role?: OfficeRole;
  readonly colorScheme?: 'light' | 'dark';
}

/** A real browser in which somebody of the office has logged in. */
export interface OfficeBrowser {
  open(path: string, as: View, look: (page: Page) => Promise<void>): Promise<void>;
  /** Takes a picture of the whole page, holds it against its window, and has axe look at it. */
  hold(page: Page, name: string, width: number): Promise<void>;
  close(): Promise<void>;
}

export async function openOfficeBrowser(office: Office): Promise<OfficeBrowser> {
  mkdirSync(SHOTS, { recursive: true });
  const browser: Browser = await chromium.launch({
    ...{ executablePath: CHROMIUM, args: ['--no-sandbox'] },
  });
  return {
    async open(path, as, look) {
      const { width, language = 'en', javaScriptEnabled = true, role = 'admin' } = as;
      const { cookies } = await office.logIn(role, language);
      const context = await browser.newContext({
        viewport: { width, height: 900 },
        colorScheme: as.colorScheme ?? 'light',
        // axe is a script of ours that the page's policy would refuse.
        ...{ bypassCSP: javaScriptEnabled, javaScriptEnabled },
      });
      try {
        await context.addCookies(cookies.map((each) => ({ ...each, url: office.url })));
        const page = await context.newPage();
        await page.goto(`${office.url}${path}`, { waitUntil: 'domcontentloaded' });
        await look(page);
      } finally {
        await context.close();
      }
    },
    async hold(page, name, width) {
      await page.screenshot({ path: join(SHOTS, `${name}-${width}.png`), fullPage: true });
      const wide = await page.evaluate('document.documentElement.scrollWidth');
      expect(wide).toBeLessThanOrEqual(width);
      await page.evaluate(AXE);
      const violations = await page.evaluate(
        'axe.run().then((r) => r.violations.map((v) => v.id + ": " + v.nodes.map((n) => n.html).join(" ")))',
      );
      expect(violations).toEqual([]);
    },
    close: () => browser.close(),
  };
}
