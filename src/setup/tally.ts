/** How often something was seen among the orders. */
export interface Tally {
  readonly what: string;
  readonly count: number;
}

/** Each text with how often it stands there, the most frequent first; empty texts are left out. */
export function tally(texts: Iterable<string>): Tally[] {
  const counts = new Map<string, number>();
  for (const text of texts) {
    if (text !== '') counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  return [...counts]
    .map(([what, count]) => ({ what, count }))
    .sort((one, other) => other.count - one.count || (one.what < other.what ? -1 : 1));
}

/** `NL (61), BE (20), and 3 more`. */
export function tallyText(tallies: readonly Tally[], most = 8): string {
  const shown = tallies.slice(0, most).map(({ what, count }) => `${what} (${count})`);
  const rest = tallies.length - shown.length;
  return [...shown, ...(rest > 0 ? [`and ${rest} more`] : [])].join(', ');
}
