/** The first line in which what is there differs from what would be written, in one sentence. */
export function firstDifference(expected: string, existing: string): string {
  const wanted = expected.split('\n');
  const found = existing.split('\n');
  const index = wanted.findIndex((line, at) => line !== found[at]);
  if (index === -1) return `The file has lines after the entry: "${line(found[wanted.length])}".`;
  return `Line ${index + 1} is "${line(found[index])}", and would be "${line(wanted[index])}".`;
}

function line(text: string | undefined): string {
  return text?.trim() ?? '';
}
