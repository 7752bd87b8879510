/** Of an order no more are kept: a name that is a whole text must not fill the index. */
const MOST_WORDS = 16;
const LONGEST_WORD = 40;

/** Letters that Unicode does not take apart, as people type them who have no such key. */
const PLAIN: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ł: 'l',
  ı: 'i',
  þ: 'th',
  ħ: 'h',
};
const NOT_PLAIN = new RegExp(`[${Object.keys(PLAIN).join('')}]`, 'gu');
/** Accents and vowel points, marks of direction, and the stroke that stretches Arabic words. */
const UNSEEN = /[\p{M}\p{Cf}\u0640]/gu;
const BETWEEN_WORDS = /[^\p{L}\p{N}]+/u;
const ADDRESS = /^[^\s@]+@[^\s@]+$/;

/**
 * The words of texts by which somebody may be looked for, each once: in small letters, without accents,
 * the same whichever way the text is written. An e-mail address is one word, and its host another.
 */
export function searchWords(...texts: readonly string[]): readonly string[] {
  const words = texts.flatMap((text) => wordsOf(folded(text)));
  const kept = words.map((word) => [...word].slice(0, LONGEST_WORD).join(''));
  return [...new Set(kept)].slice(0, MOST_WORDS);
}

/** What somebody looks for, as it is compared with the beginnings of such words. */
export function wantedWords(text: string): readonly string[] {
  return searchWords(...text.split(/\s+/u));
}

function folded(text: string): string {
  return text
    .normalize('NFKD')
    .replace(UNSEEN, '')
    .toLowerCase()
    .replace(UNSEEN, '')
    .replace(NOT_PLAIN, (letter) => PLAIN[letter] ?? letter);
}

function wordsOf(text: string): readonly string[] {
  const trimmed = text.trim();
  if (ADDRESS.test(trimmed)) {
    const address = trimmed.replace(/[^\p{L}\p{N}@._+-]/gu, '');
    return [address, address.slice(address.lastIndexOf('@') + 1)];
  }
  return trimmed.split(BETWEEN_WORDS).filter((word) => word !== '');
}
