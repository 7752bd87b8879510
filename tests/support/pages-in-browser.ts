import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';

const CHROMIUM = '/usr/bin/chromium';
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const SHOTS = process.env['SCREENSHOTS'] ?? join(tmpdir(), 'orderpark-screenshots');

/** Where the checks of a change run, the browser must be there; elsewhere it may be missing. */
export const hasBrowser = existsSync(CHROMIUM) || process.env['CI'] !== undefined;

export async function openBrowser(): Promise<Browser> {
  mkdirSync(SHOTS, { recursive: true });
  return chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
}

export interface Visit {
  readonly url: string;
  readonly path: string;
  readonly width: number;
  readonly cookies: readonly { readonly name: string; readonly value: string }[];
  /** True unless told. */
  readonly hasScripts?: boolean;
}

/** Opens a page in a window of its own, which is closed afterwards. */
export async function visit(
  browser: Browser,
  { url, path, width, cookies, hasScripts = true }: Visit,
  look: (page: Page) => Promise<void>,
): Promise<void> {
  const context = await browser.newContext({
    viewport: { width, height: 900 },
    // axe is brought in from outside.
    bypassCSP: hasScripts,
    javaScriptEnabled: hasScripts,
  });
  try {
    await context.addCookies(cookies.map((each) => ({ ...each, url })));
    const page = await context.newPage();
    await page.goto(`${url}${path}`, { waitUntil: 'domcontentloaded' });
    await look(page);
  } finally {
    await context.close();
  }
}

export async function shoot(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: join(SHOTS, `${name}.png`), fullPage: true });
}

/** What axe finds wrong, and whether the page is wider than its window; an empty list is right. */
export async function faultsOf(page: Page): Promise<readonly unknown[]> {
  await page.evaluate(AXE);
  const violations: readonly unknown[] = await page.evaluate(
    'axe.run().then((r) => r.violations.map((v) => v.id + ": " + v.nodes.map((n) => n.html).join(" ")))',
  );
  const isWide = await page.evaluate('document.documentElement.scrollWidth > window.innerWidth');
  return isWide ? [...violations, 'wider than its window'] : violations;
}
