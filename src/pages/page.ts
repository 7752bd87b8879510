import type { Permission } from '../access/roles.js';
import { may } from '../access/roles.js';
import type { Asked } from '../server/route.js';
import { type Formats, formatsFor } from './formats.js';
import { languageOf, type PageLanguage, wordsIn } from './words/languages.js';
import type { Words } from './words/words.js';

/** What every page needs to be drawn, besides its own content. */
export interface PageContext {
  readonly asked: Asked;
  readonly language: PageLanguage;
  readonly words: Words;
  /** BCP 47, for numbers and dates. */
  readonly locale: string;
  readonly formats: Formats;
  /** IANA zone of the config. */
  readonly zone: string;
  readonly may: (permission: Permission) => boolean;
}

const LOCALES: Readonly<Record<PageLanguage, string>> = { en: 'en-GB', nl: 'nl-NL' };

export function pageContext(asked: Asked, zone: string): PageContext {
  const language = languageOf(asked);
  const role = asked.principal?.role;
  const locale = LOCALES[language];
  return {
    asked,
    language,
    words: wordsIn(language),
    locale,
    formats: formatsFor(locale, zone),
    zone,
    may: (permission) => role !== undefined && may(role, permission),
  };
}
