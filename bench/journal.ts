import { createJournal } from '../src/export/destinations/journal/journal.js';
import { bookDocuments, rateOf } from './booked.js';
import type { Surroundings } from './measures.js';
import { type Row, shown, told } from './row.js';

const DOCUMENTS = 10_000;
const PART = 1000;

/** Documents booked in an hledger journal a second: the first thousand against the last. */
export async function measureJournal(surroundings: Surroundings): Promise<readonly Row[]> {
  const booked = await bookDocuments(surroundings, DOCUMENTS, ({ books }) => {
    const journal = books.find(({ type }) => type === 'journal');
    if (journal?.type !== 'journal') throw new Error('the demo has no journal');
    return createJournal(journal);
  });
  const first = rateOf(booked, 0, PART);
  const last = rateOf(booked, DOCUMENTS - PART, DOCUMENTS);
  return [
    told(`journal: documents booked, the first ${PART}`, `${shown(first)} a second`),
    told(`journal: the last ${PART} of ${DOCUMENTS}`, `${shown(last)} a second`),
    told('journal: last against first', `${shown(last / first)} x`),
  ];
}
