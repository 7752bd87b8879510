/** The languages in which invoices and the mails around them are written. */
export const LANGUAGES = ['nl', 'en', 'de'] as const;
export type Language = (typeof LANGUAGES)[number];

const BY_COUNTRY: Readonly<Record<string, Language>> = {
  NL: 'nl',
  BE: 'nl',
  DE: 'de',
  AT: 'de',
  CH: 'de',
  LI: 'de',
};

/** The language of a country (ISO 3166-1 alpha-2); English where it is none of ours. */
export function languageOf(country: string): Language {
  return BY_COUNTRY[country] ?? 'en';
}
