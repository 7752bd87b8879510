import { resolve } from 'node:path';
import type { FileConfig } from './schema.js';
import { secretText } from './secret-text.js';
import { withoutUndefined } from './without-undefined.js';

type FileBooks = FileConfig['books'][number];
type Journal = Extract<FileBooks, { type: 'journal' }>;
type Files = Extract<FileBooks, { type: 'files' }>;
type Email = Extract<FileBooks, { type: 'email' }>;

export type ResolvedBooks = ReturnType<typeof resolveBooks>;

/** One books: paths made absolute, relative to the folder of the config. */
export function resolveBooks(books: FileBooks, folder: string) {
  switch (books.type) {
    case 'journal':
      return resolveJournal(books, folder);
    case 'files':
      return resolveFiles(books, folder);
    case 'email':
      return resolveEmail(books, folder);
  }
}

function resolveJournal(books: Journal, folder: string) {
  return { ...withoutUndefined(books), folder: resolve(folder, books.folder) };
}

function resolveFiles(books: Files, folder: string) {
  return {
    ...withoutUndefined(books),
    folder: resolve(folder, books.folder),
    ...renderingPaths(books, folder),
  };
}

function resolveEmail(books: Email, folder: string) {
  const byShop = Object.entries(books.byShop ?? {}).map(
    ([shop, readers]) => [shop, withoutUndefined(readers)] as const,
  );
  return {
    ...withoutUndefined(books),
    smtp: secretText(books.smtp),
    byShop: Object.fromEntries(byShop),
    ...renderingPaths(books, folder),
  };
}

function renderingPaths({ logo, fonts, profiles }: Files | Email, folder: string) {
  return {
    ...(logo === undefined ? {} : { logo: resolve(folder, logo) }),
    fonts: fonts.map((font) => resolve(folder, font)),
    profiles: profiles.map((rule) => withoutUndefined(rule)),
  };
}
