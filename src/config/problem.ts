/** A step into the file's tree: a key, or an index into a list. */
export type Path = readonly (string | number)[];

/** 1-based, as editors count. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** What is wrong, or doubtful, in the owner's file. Secrets are masked in every field. */
export interface Problem extends Position {
  readonly severity: 'error' | 'warning';
  readonly file: string;
  /** As the owner would say it: `shops[0].url`; empty for the file as a whole. */
  readonly path: string;
  /** What is wrong, in one clause. */
  readonly message: string;
  /** The offending value as written; absent where there is none. */
  readonly value?: string;
  readonly expected?: string;
  /** The nearest valid key or value. */
  readonly suggestion?: string;
  /** The line of the file, for a caret at `excerptColumn`. */
  readonly excerpt: string;
  /** 1-based; differs from `column` where a secret before it is masked. */
  readonly excerptColumn: number;
}

/** `['shops', 0, 'url']` is `shops[0].url`. */
export function pathText(path: Path): string {
  let text = '';
  for (const step of path) {
    if (typeof step === 'number') text += `[${step}]`;
    else text += text === '' ? step : `.${step}`;
  }
  return text;
}
