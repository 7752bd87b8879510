/** A segment of a document's key: later rounds carry their number, as `invoice-2`. */
export function ofRound(segment: string, round = 1): string {
  return round === 1 ? segment : `${segment}-${round}`;
}
