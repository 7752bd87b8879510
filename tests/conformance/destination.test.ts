import { appendFile, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { createEmail } from '../../src/export/destinations/email/email.js';
import { createFiles } from '../../src/export/destinations/files/files.js';
import { createJournal } from '../../src/export/destinations/journal/journal.js';
import {
  JOURNAL_FLAVOURS,
  type JournalFlavour,
} from '../../src/export/destinations/journal/settings.js';
import { createRenderer } from '../../src/rendering/create-renderer.js';
import type { RenderSettings } from '../../src/rendering/settings.js';
import { systemClock } from '../../src/runtime/clock.js';
import { EXAMPLES } from '../support/documents.js';
import { emailSettings } from '../support/email.js';
import { RENDER_SETTINGS, SELLER } from '../support/seller.js';
import { messageIdOf, openMailServer, SMTP_PASSWORD } from '../support/smtp.js';
import { type ConformanceBooks, destinationConformance } from './destination.js';

async function openJournal(flavour: JournalFlavour): Promise<ConformanceBooks> {
  const base = await mkdtemp(join(tmpdir(), 'journal-conformance-'));
  const folder = join(base, 'books');
  return {
    connect: () => createJournal({ id: 'books', flavour, folder }),
    count: async () => {
      const names = await readdir(folder, { recursive: true }).catch(() => []);
      return names.filter((name) => /^\d{4}[/\\](?!_year)/.test(name)).length;
    },
    tamper: (ref) => appendFile(join(folder, ref), '; a note of the accountant\n'),
    // Not by permissions: root may write everywhere.
    breakDown: () => writeFile(folder, 'a file where the folder should be'),
    secrets: [],
    close: () => rm(base, { recursive: true, force: true }),
  };
}

/** Thousandths, no line at all, tax on nothing: EN 16931 has no words for them. */
const INEXPRESSIBLE_AS_UBL = [EXAMPLES.dinar, EXAMPLES.empty, EXAMPLES.taxOnly].map(
  ({ key }) => key,
);

async function openFiles(formats: RenderSettings['formats']): Promise<ConformanceBooks> {
  const base = await mkdtemp(join(tmpdir(), 'files-conformance-'));
  // What draws holds nothing of the books: only its fonts, which take a while to load.
  const render = createRenderer({ ...RENDER_SETTINGS, formats });
  const folder = join(base, 'books');
  const count = async (extension: string) => {
    const names = await readdir(folder, { recursive: true }).catch(() => []);
    return names.filter((name) => /^\d{4}[/\\]\d\d[/\\]/.test(name) && name.endsWith(extension))
      .length;
  };
  return {
    connect: () => createFiles({ id: 'books', folder }, render),
    count: async () => {
      const counts = await Promise.all(
        formats.map((format) => count(format === 'ubl' ? '.xml' : '.pdf')),
      );
      expect(new Set(counts).size).toBe(1);
      return counts[0] ?? 0;
    },
    tamper: (ref) => appendFile(join(folder, ref), '<!-- a note of the accountant -->'),
    breakDown: () => writeFile(folder, 'a file where the folder should be'),
    inexpressible: INEXPRESSIBLE_AS_UBL,
    secrets: [],
    close: () => rm(base, { recursive: true, force: true }),
  };
}

async function openEmail(): Promise<ConformanceBooks> {
  const server = await openMailServer({ user: 'shop' });
  const settings = emailSettings({ smtp: server.url });
  const render = createRenderer(RENDER_SETTINGS);
  const base64 = (text: string) => Buffer.from(text).toString('base64');
  return {
    connect: () => createEmail(settings, { render, clock: systemClock, seller: SELLER }),
    count: async () => new Set(server.mails.map(messageIdOf)).size,
    breakDown: () => server.close(),
    inexpressible: INEXPRESSIBLE_AS_UBL,
    secrets: [SMTP_PASSWORD, base64(SMTP_PASSWORD), base64(`\0shop\0${SMTP_PASSWORD}`)],
    close: () => server.close(),
  };
}

for (const flavour of JOURNAL_FLAVOURS) {
  destinationConformance(`journal (${flavour})`, () => openJournal(flavour));
}

destinationConformance('files (PDF and UBL)', () => openFiles(['pdf', 'ubl']));
destinationConformance('files (UBL alone)', () => openFiles(['ubl']));
destinationConformance('email', openEmail);
