/*
 * The owner's example as a form: its lines stay, with their words, and what is known is filled in.
 * So a file that was written for somebody explains every key, as the example does.
 */

/** Where comments begin, as in the example. */
const COMMENT_AT = 41;

/** A line of the file: what stands before its comment, and the comment. */
export function entry(content: string, comment = '', commentAt = COMMENT_AT): string {
  if (comment === '') return content;
  return `${content.length < commentAt ? content.padEnd(commentAt) : `${content} `}# ${comment}`;
}

/** What is filled in for a key. */
interface Filling {
  /** As YAML; absent: what the example shows. */
  readonly value?: string;
  /** What it comes from, where that is the shop; added to the comment of the example. */
  readonly seen?: string | undefined;
}

/**
 * A key is named within its section, a key below another with that: `url`, `webhook.url`; an entry of a
 * list by its first key and value: `id=journal`. All throw RangeError where the example has no such line.
 */
export interface Sheet {
  /** Fills a key in, and switches it on. */
  fill(section: string, path: string, filling: Filling): void;
  /** Switches a key on that others stand below; these stay as they are. */
  switchOn(section: string, path: string): void;
  /** Switches a key off, with all that is below it. */
  switchOff(section: string, path: string): void;
  /** Adds to the comment of a key, whether it is on or off. */
  remark(section: string, path: string, seen: string): void;
  /** Puts lines in the place of a key and all that is below it. */
  replace(section: string, path: string, lines: readonly string[]): void;
  /** The lines of a key and of all that is below it. */
  linesOf(section: string, path: string): readonly string[];
  text(): string;
}

/** `text` is the example. A section is named by its heading; `''` is what stands before the first. */
export function createSheet(text: string): Sheet {
  const lines = text.split('\n');

  function find(section: string, path: string): number {
    const { from, to } = boundsOf(lines, section);
    let next = from;
    let above = -1;
    for (const step of path.split('.')) {
      const found = lines.findIndex(
        (line, at) => at >= next && at < to && isStep(parse(line), step, above),
      );
      if (found < 0) throw new RangeError(`the example has no ${path} under "${section}"`);
      above = depthOf(lines[found] ?? '');
      next = found + 1;
    }
    return next - 1;
  }

  function change(section: string, path: string, changed: (line: Line) => Line): number {
    const at = find(section, path);
    const line = parse(lines[at] ?? '');
    if (line) lines[at] = write(changed(line));
    return at;
  }

  return {
    fill(section, path, { value, seen }) {
      change(section, path, (line) => ({
        ...line,
        isOn: true,
        value: value ?? line.value,
        comment: withSeen(line.comment, seen),
      }));
    },
    switchOn(section, path) {
      const at = change(section, path, (line) => ({ ...line, isOn: true }));
      const mark = ' '.repeat(depthOf(lines[at] ?? ''));
      for (let below = at + 1; below < endOf(lines, at); below += 1) {
        lines[below] = (lines[below] ?? '').replace(`${mark}#   `, `${mark}  # `);
      }
    },
    switchOff(section, path) {
      const at = find(section, path);
      const column = depthOf(lines[at] ?? '');
      const mark = ' '.repeat(column);
      for (let below = at; below < endOf(lines, at); below += 1) {
        const text = lines[below] ?? '';
        const line = parse(text);
        lines[below] = line?.isOn
          ? write({ ...line, isOn: false, column })
          : text.replace(`${mark}  # `, `${mark}#   `);
      }
    },
    remark(section, path, seen) {
      change(section, path, (line) => ({ ...line, comment: withSeen(line.comment, seen) }));
    },
    replace(section, path, put) {
      const at = find(section, path);
      lines.splice(at, endOf(lines, at) - at, ...put);
    },
    linesOf(section, path) {
      const at = find(section, path);
      return lines.slice(at, endOf(lines, at));
    },
    text: () => lines.join('\n'),
  };
}

/** A line of the example that shows a key. */
interface Line {
  readonly isOn: boolean;
  /** Where the mark of a line that is off stands. */
  readonly column: number;
  /** Blanks before the key, or before its dash. */
  readonly depth: number;
  readonly dash: string;
  readonly key: string;
  readonly value: string;
  readonly comment: string;
}

const LINE = /^( *)(# )?( *)(- )?([A-Za-z]\w*):(?: +(.*))?$/;
const COMMENT = /^(.*?)\s+# (.*)$/;
const HEADING = /^# --- (.+?) -+$/;

function parse(text: string): Line | undefined {
  const [before, comment] = splitComment(text);
  const match = LINE.exec(before);
  if (!match) return undefined;
  const [, outer = '', off, inner = '', dash = '', key = '', value = ''] = match;
  const depth = outer.length + inner.length;
  return { isOn: off === undefined, column: outer.length, depth, dash, key, value, comment };
}

/** The mark of a line that is off is no comment. */
function splitComment(text: string): [content: string, comment: string] {
  const [, mark = '', rest = ''] = /^( *(?:# )?)(.*)$/.exec(text) ?? [];
  const [, content, comment] = COMMENT.exec(rest) ?? [];
  return content === undefined ? [text.trimEnd(), ''] : [mark + content, comment ?? ''];
}

function write({ isOn, column, depth, dash, key, value, comment }: Line): string {
  const content = `${' '.repeat(depth)}${dash}${key}:${value === '' ? '' : ` ${value}`}`;
  if (isOn) return entry(content, comment);
  return entry(`${content.slice(0, column)}# ${content.slice(column)}`, comment);
}

function boundsOf(lines: readonly string[], section: string): { from: number; to: number } {
  const at = lines.findIndex((line) => HEADING.exec(line)?.[1] === section);
  if (at < 0 && section !== '') throw new RangeError(`the example has no section "${section}"`);
  const from = at + 1;
  const next = lines.findIndex((line, index) => index >= from && HEADING.test(line));
  return { from, to: next < 0 ? lines.length : next };
}

function isStep(line: Line | undefined, step: string, above: number): boolean {
  const [key = '', value] = step.split('=');
  return line?.key === key && line.depth > above && (value === undefined || line.value === value);
}

/** How far in a line stands, on or off. */
function depthOf(line: string): number {
  return (/^ *(?:# )? */.exec(line)?.[0] ?? '').replace('# ', '').length;
}

/** One past the last line below the one at `at`. */
function endOf(lines: readonly string[], at: number): number {
  const own = depthOf(lines[at] ?? '');
  const end = lines.findIndex(
    (line, index) => index > at && (line.trim() === '' || depthOf(line) <= own),
  );
  return end < 0 ? lines.length : end;
}

function withSeen(comment: string, seen: string | undefined): string {
  return [comment, seen === undefined ? '' : `seen: ${seen}`]
    .filter((part) => part !== '')
    .join('; ');
}
