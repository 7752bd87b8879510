import { join } from 'node:path';
import { createFiles } from '../src/export/destinations/files/files.js';
import { createRenderer } from '../src/rendering/create-renderer.js';
import type { DocumentFormat } from '../src/rendering/settings.js';
import { type Booked, bookDocuments, rateOf } from './booked.js';
import type { Surroundings } from './measures.js';
import { atMost, type Row, shown, told } from './row.js';

const DOCUMENTS = 10_000;
const PART = 1000;

/** PDF and UBL of 10,000 documents, each durable in a folder: time and memory; and the UBL alone. */
export async function measureInvoices(surroundings: Surroundings): Promise<readonly Row[]> {
  const ubl = await filed(surroundings, ['ubl']);
  const both = await filed(surroundings, ['pdf', 'ubl']);
  const first = rateOf(both, 0, PART);
  const last = rateOf(both, DOCUMENTS - PART, DOCUMENTS);
  const whole = rateOf(both, 0, DOCUMENTS);
  return [
    told(`invoices: PDF and UBL of ${DOCUMENTS}`, `${shown(whole)} a second`),
    told('invoices: the UBL alone', `${shown(rateOf(ubl, 0, DOCUMENTS))} a second`),
    told('invoices: last thousand against first', `${shown(last / first)} x`),
    atMost(
      'invoices: mean RSS, the last quarter / the second',
      meanOf(both.rssMegabytes, 75, 100) / meanOf(both.rssMegabytes, 25, 50),
      1.1,
      'x',
    ),
    told('invoices: highest RSS', `${shown(Math.max(...both.rssMegabytes))} MB`),
  ];
}

function filed(surroundings: Surroundings, formats: readonly DocumentFormat[]): Promise<Booked> {
  return bookDocuments(surroundings, DOCUMENTS, ({ seller, timezone }, folder) => {
    const render = createRenderer({
      ...{ seller, timezone, language: 'nl', formats },
      ...{ profiles: [], unmetProfile: 'en16931', fonts: [] },
    });
    return createFiles({ id: 'journal', folder: join(folder, 'invoices') }, render);
  });
}

function meanOf(samples: readonly number[], from: number, to: number): number {
  const some = samples.slice(from, to);
  return some.reduce((sum, each) => sum + each, 0) / some.length;
}
