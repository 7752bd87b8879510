import type { Config } from './config/config.js';
import type { Destination } from './export/destination.js';
import { createEmail } from './export/destinations/email/email.js';
import type { EmailSettings } from './export/destinations/email/settings.js';
import { createFiles } from './export/destinations/files/files.js';
import { createJournal } from './export/destinations/journal/journal.js';
import type { Clock } from './orders/time.js';
import { createRenderer } from './rendering/create-renderer.js';
import { type Language, languageOf } from './rendering/language.js';
import { remembering } from './rendering/remembering.js';
import type { Renderer } from './rendering/renderer.js';
import type { DocumentFormat } from './rendering/settings.js';

/** The books of a config entry, as the worker sends to them. */
export function destinationFor(
  books: Config['books'][number],
  config: Config,
  { clock, rendererFor }: { clock: Clock; rendererFor: (books: RenderingBooks) => Renderer },
): Destination {
  switch (books.type) {
    case 'journal':
      return createJournal(books);
    case 'files':
      return createFiles(books, rendererFor(books));
    case 'email':
      return createEmail(emailSettingsOf(books, config), {
        render: rendererFor(books),
        clock,
        seller: config.seller,
      });
  }
}

function emailSettingsOf(
  books: Extract<Config['books'][number], { type: 'email' }>,
  config: Config,
): EmailSettings {
  const { digest, ...rest } = books;
  return {
    ...rest,
    language: languageFor(books, config),
    zone: config.timezone,
    ...(digest === undefined ? {} : { digestAt: digest }),
  };
}

function languageFor({ language }: Pick<Rendering, 'language'>, { seller }: Config): Language {
  return language ?? languageOf(seller.country);
}

type RenderingBooks = Extract<Config['books'][number], { formats: unknown }>;
type Rendering = Pick<
  RenderingBooks,
  'formats' | 'language' | 'profiles' | 'unmetProfile' | 'logo' | 'fonts'
>;

function takesFiles(books: Config['books'][number]): books is RenderingBooks {
  return 'formats' in books;
}

const USUAL_RENDERING: Rendering = {
  formats: ['pdf', 'ubl'],
  profiles: [],
  unmetProfile: 'en16931',
  fonts: [],
};

/** How those books (absent: the first that take files, or the defaults) want theirs. */
export function renderingOf({ books }: Config, booksId: string | undefined): Rendering {
  const takers = books.filter(takesFiles);
  if (booksId === undefined) return takers[0] ?? USUAL_RENDERING;
  const found = takers.find(({ id }) => id === booksId);
  if (!found) throw new RangeError(`no books ${JSON.stringify(booksId)} take files`);
  return found;
}

/** Documents whose files are kept a while, for other books that want the same. */
const RENDERINGS_KEPT = 64;

/** One renderer for all books that want the same files. */
export function createRenderers(config: Config) {
  const made = new Map<string, Renderer>();
  return (rendering: Rendering, formats: readonly DocumentFormat[] = rendering.formats) => {
    const { profiles, unmetProfile, logo, fonts } = rendering;
    const language = languageFor(rendering, config);
    const settings = { profiles, unmetProfile, fonts, formats, language, ...(logo && { logo }) };
    const key = JSON.stringify(settings);
    const { seller, timezone } = config;
    const renderer =
      made.get(key) ??
      remembering(createRenderer({ ...settings, seller, timezone }), RENDERINGS_KEPT);
    made.set(key, renderer);
    return renderer;
  };
}
