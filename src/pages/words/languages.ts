import type { Asked } from '../../server/route.js';
import { EN } from './en.js';
import { NL } from './nl.js';
import type { Words } from './words.js';

/** The languages of the page. */
export const PAGE_LANGUAGES = ['en', 'nl'] as const;
export type PageLanguage = (typeof PAGE_LANGUAGES)[number];

export const LANGUAGE_COOKIE = 'language';

const WORDS: Readonly<Record<PageLanguage, Words>> = { en: EN, nl: NL };

export function wordsIn(language: PageLanguage): Words {
  return WORDS[language];
}

/** By choice, else by what the browser prefers, else English. */
export function languageOf(asked: Asked): PageLanguage {
  const chosen = asked.cookie(LANGUAGE_COOKIE);
  return (
    PAGE_LANGUAGES.find((each) => each === chosen) ??
    preferred(asked.header('accept-language') ?? '')
  );
}

/** RFC 9110, 12.5.4: languages with their weights. */
function preferred(header: string): PageLanguage {
  const wanted = header
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().split(';');
      const weight = parameters.find((each) => each.trim().startsWith('q='));
      return {
        tag: tag.toLowerCase().slice(0, 2),
        weight: weight ? Number(weight.trim().slice(2)) : 1,
      };
    })
    .sort((a, b) => b.weight - a.weight);
  for (const { tag } of wanted) {
    const found = PAGE_LANGUAGES.find((each) => each === tag);
    if (found) return found;
  }
  return 'en';
}
