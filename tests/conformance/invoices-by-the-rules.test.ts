import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Document, Party } from '../../src/documents/document.js';
import { PROFILES, type Profile } from '../../src/rendering/settings.js';
import { renderUbl } from '../../src/rendering/ubl/render-ubl.js';
import { bookCorpus, type CorpusBooks } from '../support/corpus-books.js';
import { mustSkipEinvoices } from '../support/einvoice/specs.js';
import { prepareUblRules, validateUbl } from '../support/einvoice/validate.js';
import { RENDER_SETTINGS } from '../support/seller.js';

/** Documents of the recorded orders that EN 16931 cannot express, and the rule that says so. */
const IMPOSSIBLE = new Map([
  // A refund of tax alone: VAT on nothing.
  ['main/384/credit-note/385', 'BR-CO-17'],
  // Kuwaiti dinars in thousandths.
  ['main/80/invoice', 'BR-DEC-23'],
]);

/** Those that a profile cannot express, whatever the buyer has. */
const NOT_BY_PROFILE: Readonly<Partial<Record<Profile, readonly [key: string, rule: string][]>>> = {
  // A sale below zero corrects no invoice.
  peppol: [['main/427/credit-note', 'NL-R-001']],
};

/** What the corpus' buyers lack for a profile, made up, so that each profile has every document. */
const COMPLETE: Readonly<Record<Profile, (buyer: Party) => Partial<Party>>> = {
  en16931: () => ({}),
  nlcius: (buyer) => ({ ...address(buyer), registration: { scheme: '0106', id: '87654321' } }),
  xrechnung: (buyer) => ({ ...address(buyer), endpoint: { scheme: 'EM', id: 'a@example.com' } }),
  peppol: (buyer) => ({
    ...address(buyer),
    registration: { scheme: '0106', id: '87654321' },
    endpoint: { scheme: '0106', id: '87654321' },
  }),
};

function address({ street, city, postcode }: Party): Partial<Party> {
  return { street: street || 'Straat 1', city: city || 'Stad', postcode: postcode || '1000 AA' };
}

/** Each document takes some 45 ms to judge, and longer beside other tests. */
const TIMEOUT_MS = 600_000;

/** One line of the table: how many documents a profile was met by, and what was found. */
interface Judged {
  readonly who: string;
  readonly profile: Profile;
  documents: number;
  written: number;
  readonly fatal: string[];
  readonly warnings: Set<string>;
  readonly refused: Map<string, string>;
}

let books: CorpusBooks;
const table: Judged[] = [];

describe.skipIf(mustSkipEinvoices())('every document of the recorded orders, as UBL', () => {
  beforeAll(async () => {
    books = await bookCorpus();
    await prepareUblRules(PROFILES);
  }, TIMEOUT_MS);
  afterAll(async () => {
    await books.close();
    console.log(tableText(table));
  });

  it.each(PROFILES)(
    '%s: those that may use it break no rule',
    async (profile) => {
      const judged = await judge('as recorded', profile, (document) => document);
      expect(judged.fatal).toEqual([]);
      expect(judged.written).toBeGreaterThan(5);
    },
    TIMEOUT_MS,
  );

  it.each(PROFILES.filter((profile) => profile !== 'en16931'))(
    '%s: all break no rule, once the buyer has what it asks for; every other takes the place of one',
    async (profile) => {
      const judged = await judge('buyers completed', profile, (document) => ({
        ...document,
        buyer: { ...document.buyer, ...COMPLETE[profile](document.buyer) },
        ...(isSecond(document) ? { replaces: `${document.number}-0` } : {}),
      }));
      expect(judged.fatal).toEqual([]);
      const expected = [...IMPOSSIBLE, ...(NOT_BY_PROFILE[profile] ?? [])].map(
        ([key, rule]) => [key, expect.stringContaining(rule)] as const,
      );
      expect(Object.fromEntries(judged.refused)).toEqual(Object.fromEntries(expected));
    },
    TIMEOUT_MS,
  );

  it('plain EN 16931 draws no warning either', async () => {
    expect(
      table.filter(({ profile }) => profile === 'en16931').flatMap(({ warnings }) => [...warnings]),
    ).toEqual([]);
  });

  it('a document that lacks what its profile asks for is written by EN 16931, and says why', () => {
    const settings = { ...RENDER_SETTINGS, profiles: [{ profile: 'nlcius' as const }] };
    for (const { document } of books.documents) {
      if (IMPOSSIBLE.has(document.key)) continue;
      const result = renderUbl(document, settings);
      if (result.kind !== 'written') throw new Error(`${document.key}: ${result.reason}`);
      expect(result.profile === 'nlcius').toBe(result.note === undefined);
      if (result.note !== undefined) expect(result.note).toMatch(/BR-NL-\d+/);
    }
  });
});

/** Every other invoice, as if it took the place of one that was credited. */
function isSecond({ kind, orderId }: Document): boolean {
  return kind === 'invoice' && orderId % 2 === 1;
}

async function judge(
  who: string,
  profile: Profile,
  change: (document: Document) => Document,
): Promise<Judged> {
  const judged: Judged = {
    ...{ who, profile, documents: 0, written: 0, fatal: [] },
    ...{ warnings: new Set<string>(), refused: new Map<string, string>() },
  };
  table.push(judged);
  for (const { document } of books.documents) {
    judged.documents += 1;
    const settings = {
      ...RENDER_SETTINGS,
      profiles: [{ profile }],
      unmetProfile: 'refuse' as const,
    };
    const result = renderUbl(change(document), settings);
    if (result.kind === 'refused') {
      judged.refused.set(document.key, result.reason);
      continue;
    }
    judged.written += 1;
    for (const { rule, level, message } of await validateUbl(result.xml, profile)) {
      if (level === 'fatal') judged.fatal.push(`${document.key}: ${rule}: ${message}`);
      else judged.warnings.add(rule);
    }
  }
  return judged;
}

function tableText(rows: readonly Judged[]): string {
  const cells = rows.map(({ who, profile, documents, written, fatal, warnings, refused }) => [
    profile,
    who,
    String(documents),
    String(written),
    String(refused.size),
    String(fatal.length),
    [...warnings].join(', ') || '-',
  ]);
  const all = [
    ['profile', 'documents', 'all', 'written', 'refused', 'fatal', 'warnings'],
    ...cells,
  ];
  const widths = all[0]?.map((_, column) =>
    Math.max(...all.map((row) => row[column]?.length ?? 0)),
  );
  return all
    .map((row) => row.map((cell, column) => cell.padEnd(widths?.[column] ?? 0)).join('  '))
    .join('\n');
}
