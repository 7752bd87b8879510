import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Document } from '../../src/documents/document.js';
import type { Destination, Outcome } from '../../src/export/destination.js';
import { referenceOf } from '../../src/export/reference.js';
import { allDocuments, documentOf, EXAMPLES } from '../support/documents.js';

/** Books to try a destination on. */
export interface ConformanceBooks {
  /** A client as another process would have it: it shares nothing with the others in memory. */
  connect(): Destination;
  /** How many documents are in the books; what came twice under the same name counts once. */
  count(): Promise<number>;
  /** Changes a booked document, as a person would in the books; where these can be searched. */
  tamper?(ref: string): Promise<void>;
  /** Puts the books out of order. */
  breakDown(): Promise<void>;
  /** Keys of the examples that such books cannot hold, and rightly refuse. */
  readonly inexpressible?: readonly string[];
  /** What must not be in any answer. */
  readonly secrets: readonly string[];
  close(): Promise<void>;
}

/** Of a run that nobody stops. */
const running = () => new AbortController().signal;
const DOCUMENT = EXAMPLES.plain;

/** What every destination keeps to; `open` makes fresh, empty books. */
export function destinationConformance(name: string, open: () => Promise<ConformanceBooks>): void {
  describe(`destination ${name}`, () => {
    let books: ConformanceBooks;
    let destination: Destination;
    let told: unknown[];

    beforeEach(async () => {
      books = await open();
      destination = books.connect();
      told = [];
    });
    afterEach(async () => {
      for (const secret of books.secrets) expect(JSON.stringify(told)).not.toContain(secret);
      await books.close();
    });

    async function post(
      document = DOCUMENT,
      through = destination,
      signal = running(),
    ): Promise<Outcome> {
      const outcome = await through.post(document, referenceOf(document), signal);
      told.push(outcome);
      return outcome;
    }

    const expectedKind = ({ key }: Document) =>
      books.inexpressible?.includes(key) ? 'rejected' : 'booked';

    async function find(document = DOCUMENT, through = destination) {
      const lookup = await through.find(document, referenceOf(document), running());
      told.push(lookup);
      return lookup;
    }

    test('books a document and says where', async () => {
      const outcome = await post();
      expect(outcome).toMatchObject({ kind: 'booked', ref: expect.stringMatching(/./) });
      expect(await books.count()).toBe(1);
    });

    // Books that cannot be searched do not know what they have: the worker must not send it again.
    test('sends a document again under the same reference', async () => {
      if (destination.can.searchByReference) return;
      const first = await post();
      expect(await post()).toEqual(first);
      expect(await post(DOCUMENT, books.connect())).toEqual(first);
      expect(await books.count()).toBe(1);
    });

    test('finds out that a document is booked already, also by another process', async () => {
      if (!destination.can.searchByReference) return;
      const first = await post();
      const ref = first.kind === 'booked' ? first.ref : '';
      expect(await post()).toEqual({ kind: 'already-booked', ref });
      expect(await post(DOCUMENT, books.connect())).toEqual({ kind: 'already-booked', ref });
      expect(await books.count()).toBe(1);
    });

    test('books once where several processes send the same at once', async () => {
      const clients = Array.from({ length: 6 }, () => books.connect());
      const outcomes = await Promise.all(clients.map((client) => post(DOCUMENT, client)));
      const kinds = outcomes.map((outcome) => outcome.kind).sort();
      const repeats = destination.can.searchByReference ? 'already-booked' : 'booked';
      expect(kinds).toEqual([...Array(5).fill(repeats), 'booked']);
      expect(await books.count()).toBe(1);
    });

    test('takes different documents from several processes at once', async () => {
      const documents = allDocuments();
      const outcomes = await Promise.all(
        documents.map((document) => post(document, books.connect())),
      );
      const expected = documents.map(expectedKind);
      expect(outcomes.map((outcome) => outcome.kind)).toEqual(expected);
      expect(await books.count()).toBe(expected.filter((kind) => kind === 'booked').length);
    });

    test('tells what differs where something else is there', async () => {
      if (!destination.can.searchByReference) return;
      const first = await post();
      const ref = first.kind === 'booked' ? first.ref : '';
      if (!books.tamper) throw new Error('books that can be searched must be tampered with');
      await books.tamper(ref);
      const differs = { kind: 'differs', ref, detail: expect.stringMatching(/./) };
      expect(await post()).toMatchObject(differs);
      expect(await find()).toMatchObject(differs);
      expect(await books.count()).toBe(1);
    });

    test('another document under the same reference differs', async () => {
      if (!destination.can.searchByReference) return;
      await post();
      const other = { ...documentOf({ lines: [{ netMinor: 5, rates: ['NL0'] }] }) };
      expect(await post({ ...other, key: DOCUMENT.key })).toMatchObject({ kind: 'differs' });
    });

    test('looks documents up by reference, or says that it cannot', async () => {
      if (!destination.can.searchByReference) {
        expect(await find()).toMatchObject({ kind: 'unknown' });
        return;
      }
      expect(await find()).toEqual({ kind: 'absent' });
      const first = await post();
      const ref = first.kind === 'booked' ? first.ref : '';
      expect(await find()).toEqual({ kind: 'found', ref });
      expect(await find(DOCUMENT, books.connect())).toEqual({ kind: 'found', ref });
      expect(await find(EXAMPLES.yen)).toEqual({ kind: 'absent' });
    });

    test('books nothing once its signal is aborted, and does not claim otherwise', async () => {
      const outcome = await post(DOCUMENT, destination, AbortSignal.abort());
      expect(outcome.kind).toBe('retry');
      expect(await books.count()).toBe(0);
      expect(await post()).toMatchObject({ kind: 'booked' });
    });

    test('books every kind of document, each with a reference of its own', async () => {
      const refs = new Set<string>();
      for (const document of Object.values(EXAMPLES)) {
        if (document.kind === 'credit-note' && !destination.can.creditNotes) continue;
        const outcome = await post(document);
        expect(outcome, document.key).toMatchObject({ kind: expectedKind(document) });
        if (outcome.kind === 'booked') refs.add(outcome.ref);
      }
      expect(await books.count()).toBe(refs.size);
    });

    test('keeps documents apart whose keys look alike', async () => {
      const keys = ['Main/1/invoice', 'main/1/invoice', 'main_1/invoice', 'main-1/invoice'];
      for (const key of [...keys, `${'x'.repeat(400)}/1`, `${'x'.repeat(400)}/2`, 'con', '..']) {
        expect(await post({ ...DOCUMENT, key }), key).toMatchObject({ kind: 'booked' });
      }
      expect(await books.count()).toBe(keys.length + 4);
    });

    test('out of order, it answers so instead of throwing', async () => {
      await books.breakDown();
      const outcome = await post();
      expect(outcome).toMatchObject({ kind: 'retry', scope: 'books' });
      expect(outcome.kind === 'retry' && outcome.reason).toMatch(/\w/);
      const findings = await destination.check(running());
      told.push(findings);
      expect(findings.map(({ level }) => level)).toContain('error');
    });

    test('has no error to tell of books that work', async () => {
      await post();
      const findings = await destination.check(running());
      told.push(findings);
      expect(findings.length).toBeGreaterThan(0);
      expect(findings.filter(({ level }) => level !== 'ok')).toEqual([]);
    });
  });
}
