import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { expect } from 'vitest';

const CHROMIUM = '/usr/bin/chromium';
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** Looked at by people, and kept by the checks of a change. */
const SHOTS = process.env['SCREENSHOTS'] ?? join(tmpdir(), 'orderpark-screenshots');

// Where the checks of a change run, the browser must be there; elsewhere it may be missing.
export const isBrowserHere = existsSync(CHROMIUM) || process.env['CI'] !== undefined;

/** Who looks, and how. */
export interface View {
  readonly width: number;
  readonly language?: 'en' | 'nl';
  readonly javaScriptEnabled?: boolean;
  readonly colorScheme?: 'light' | 'dark';
}

interface Visit extends View {
  readonly url: string;
  readonly cookies?: readonly { readonly name: string; readonly value: string }[];
}

export interface TestBrowser {
  /** Goes there in a window of that kind, which is kept: a new one would take longer than its page. */
  open(visit: Visit): Promise<Page>;
  /** Takes a picture of the whole page, and holds it against its window. */
  picture(page: Page, name: string): Promise<void>;
  /** The same, and has axe look at it, which is a script and wants scripts on. */
  hold(page: Page, name: string): Promise<void>;
  close(): Promise<void>;
}

export async function openBrowser(): Promise<TestBrowser> {
  mkdirSync(SHOTS, { recursive: true });
  const browser = await chromium.launch({
    executablePath: CHROMIUM,
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
  });
  const windows = new Map<string, Promise<Page>>();

  async function windowOf({ width, language = 'en', ...visit }: Visit): Promise<Page> {
    const { javaScriptEnabled = true, colorScheme = 'light', cookies = [], url } = visit;
    const context: BrowserContext = await browser.newContext({
      viewport: { width, height: 900 },
      // axe is a script of ours that the page's policy would refuse.
      ...{ bypassCSP: javaScriptEnabled, javaScriptEnabled, colorScheme, locale: language },
    });
    const site = new URL(url).origin;
    await context.addCookies(cookies.map((each) => ({ ...each, url: site })));
    return context.newPage();
  }

  return {
    async open(visit) {
      const { url, ...kind } = visit;
      const key = JSON.stringify([new URL(url).origin, kind]);
      const window = windows.get(key) ?? windowOf(visit);
      windows.set(key, window);
      const page = await window;
      await page.goto(url, { waitUntil: 'domcontentloaded' });
      return page;
    },
    picture,
    async hold(page, name) {
      await picture(page, name);
      await page.evaluate(AXE);
      expect(await page.evaluate(FOUND_BY_AXE)).toEqual([]);
    },
    close: () => browser.close(),
  };
}

async function picture(page: Page, name: string): Promise<void> {
  const { width = 0 } = page.viewportSize() ?? {};
  await page.screenshot({ path: join(SHOTS, `${name}-${width}.png`), fullPage: true });
  const wide: unknown = await page.evaluate('document.documentElement.scrollWidth');
  expect(wide).toBeLessThanOrEqual(width);
}

/** Every rule of axe, those of WCAG 2.2 AA among them; one line for each place. */
const FOUND_BY_AXE = `axe.run().then(({ violations }) => violations.flatMap(({ id, nodes }) =>
  nodes.map(({ html, failureSummary }) => id + ': ' + html + ' ' + failureSummary)))`;
