import type { CliContext } from './context.js';

/** Prints one JSON value. */
export function printJson({ terminal }: CliContext, value: unknown): void {
  terminal.out(`${harmlessJson(JSON.stringify(value, null, 2))}\n`);
}

/**
 * The same JSON, with what JSON itself leaves as it is and a terminal may obey written as an escape:
 * one-character control sequences, and marks that turn the direction of text.
 */
export function harmlessJson(json: string): string {
  return json.replace(
    /[\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Prints a JSON array an item at a time, so that no list has to fit in memory. */
export async function printJsonList(
  { terminal }: CliContext,
  items: AsyncIterable<unknown>,
): Promise<void> {
  let separator = '[\n';
  for await (const item of items) {
    terminal.out(`${separator}${harmlessJson(JSON.stringify(item))}`);
    separator = ',\n';
  }
  terminal.out(separator === '[\n' ? '[]\n' : '\n]\n');
}

/** `1 order`, `2 orders`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** `2026-11-20 14:51` on the clock of `zone`. */
export function timeText(instant: string, zone: string): string {
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone: zone,
    dateStyle: 'short',
    timeStyle: 'short',
  });
  return format.format(Date.parse(instant));
}
