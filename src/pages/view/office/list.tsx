import type { ComponentChildren } from 'preact';
import type { PageContext } from '../../page.js';

/** An address of ours with what is asked of it; empty values are left out. */
export function pathWith(path: string, query: Readonly<Record<string, string>>): string {
  const given = Object.entries(query).filter(([, value]) => value !== '');
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given)}`;
}

interface PagerProps {
  readonly page: PageContext;
  readonly path: string;
  /** The filter, which stays as it is. */
  readonly query: Readonly<Record<string, string>>;
  /** Where the next page begins; absent: there is none. */
  readonly before: string | undefined;
}

/** To what is older, and back to the newest. */
export function Pager({ page, path, query, before }: PagerProps) {
  const { common } = page.words;
  const isFirst = !page.asked.query.has('before');
  if (isFirst && before === undefined) return null;
  return (
    <nav class="pager" aria-label={common.older}>
      {!isFirst && <a href={pathWith(path, query)}>{common.newest}</a>}
      {before !== undefined && <a href={pathWith(path, { ...query, before })}>{common.older}</a>}
    </nav>
  );
}

interface SelectProps {
  readonly label: string;
  readonly name: string;
  readonly value: string;
  /** Values and what they are called. */
  readonly options: readonly (readonly [value: string, text: string])[];
  /** What stands for any; absent: one must be chosen. */
  readonly any?: string;
}

export function Select({ label, name, value, options, any }: SelectProps) {
  return (
    <label>
      {label}
      <select name={name}>
        {any !== undefined && <option value="">{any}</option>}
        {options.map(([each, text]) => (
          <option key={each} value={each} selected={each === value}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}

interface StackProps {
  /** Of the columns, in their order. */
  readonly heads: readonly { readonly title: string; readonly class?: string }[];
  readonly children: ComponentChildren;
}

/** A table that is a list of sheets where the window is narrow. */
export function StackTable({ heads, children }: StackProps) {
  return (
    <div class="sheet scroll">
      <table class="stack">
        <thead>
          <tr>
            {heads.map(({ title, class: name }) => (
              <th key={title} scope="col" class={name}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}

/** What an action led to; the code stands in the address, the words are ours. */
export function Done({
  page,
  words,
  bad = [],
}: {
  readonly page: PageContext;
  readonly words: Readonly<Record<string, string>>;
  /** Codes of what did not work. */
  readonly bad?: readonly string[];
}) {
  const code = page.asked.query.get('done') ?? '';
  const text = Object.hasOwn(words, code) ? words[code] : undefined;
  if (text === undefined) return null;
  return (
    <p class={`note ${bad.includes(code) ? 'bad' : 'good'}`} role="status">
      {text}
    </p>
  );
}

/** The place of a row in a list by time, as an address carries it: `2026-11-20T12:00:00.000Z~7`. */
export function placeIn(text: string | null): { at: string; id: number } | undefined {
  const match = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)~(\d{1,15})$/.exec(text ?? '');
  return match ? { at: match[1] ?? '', id: Number(match[2]) } : undefined;
}

export function idIn(text: string | null): number | undefined {
  return /^\d{1,15}$/.test(text ?? '') ? Number(text) : undefined;
}
