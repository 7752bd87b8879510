import type { Page } from 'playwright-core';
import { openBrowser, type View } from './browser.js';
import type { Office, OfficeRole } from './office.js';

export { isBrowserHere } from './browser.js';

/** A real browser in which somebody of the office has logged in. */
export interface OfficeBrowser {
  open(
    path: string,
    as: View & { readonly role?: OfficeRole },
    look: (page: Page) => Promise<void>,
  ): Promise<void>;
  /** Takes a picture of the whole page, holds it against its window, and has axe look at it. */
  hold(page: Page, name: string): Promise<void>;
  close(): Promise<void>;
}

export async function openOfficeBrowser(office: Office): Promise<OfficeBrowser> {
  const browser = await openBrowser();
  const visitors = new Map<string, ReturnType<Office['logIn']>>();
  return {
    async open(path, { role = 'admin', ...view }, look) {
      const { language = 'en' } = view;
      const key = `${role} ${language}`;
      const visitor = visitors.get(key) ?? office.logIn(role, language);
      visitors.set(key, visitor);
      const { cookies } = await visitor;
      await look(await browser.open({ ...view, url: `${office.url}${path}`, cookies }));
    },
    hold: browser.hold,
    close: browser.close,
  };
}
