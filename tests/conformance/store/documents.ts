import { expect, it } from 'vitest';
import type { StoredDocument } from '../../../src/store/store.js';
import { aDocument, issued, NL0, NL21 } from './samples.js';
import type { Bench } from './under-test.js';

export function documentTests({ under, freshStore, openAt }: Bench): void {
  it('a document comes back as it was issued, by key, number and order', async () => {
    const store = await freshStore();
    const invoice = issued(aDocument(1));
    const credit = issued(
      aDocument(1, {
        key: 'main/1/credit-note/5',
        kind: 'credit-note',
        number: '1-C1',
        refundId: 5,
      }),
    );
    await store.transaction((tx) => tx.addDocuments([invoice, credit]));
    const first = await store.document('main/1/invoice');
    expect(first).toEqual({ ...invoice, sequence: first?.sequence });
    expect((await store.documentsByNumber('1-C1')).map((d) => d.document)).toEqual([
      credit.document,
    ]);
    expect((await store.documentsOf('main', 1)).map((d) => d.document.key)).toEqual([
      'main/1/invoice',
      'main/1/credit-note/5',
    ]);
    expect(await store.document('main/2/invoice')).toBeUndefined();
  });

  it('a key exists once, and so does a number of a shop and kind', async () => {
    const store = await freshStore();
    await store.transaction((tx) => tx.addDocuments([issued(aDocument(1, { number: 'A' }))]));
    const conflict = { name: 'StoreError', kind: 'conflict' };
    const add = (part: Parameters<typeof aDocument>[1]) =>
      store.transaction((tx) => tx.addDocuments([issued(aDocument(2, part))]));
    await expect(add({ key: 'main/1/invoice' })).rejects.toMatchObject(conflict);
    await expect(add({ number: 'A' })).rejects.toMatchObject(conflict);
    await add({ number: 'A', kind: 'credit-note' });
    await add({ number: 'A', shop: 'second', key: 'second/2/invoice' });
  });

  it('tells which of some numbers documents of the shop have', async () => {
    const store = await freshStore();
    const credit = { kind: 'credit-note' as const, key: 'main/1/credit-note/5', refundId: 5 };
    await store.transaction((tx) =>
      tx.addDocuments([
        issued(aDocument(1, { number: 'A' })),
        issued(aDocument(1, { ...credit, number: 'A' })),
        issued(aDocument(2, { number: 'B' })),
        issued(aDocument(3, { number: 'C', shop: 'second', key: 'second/3/invoice' })),
      ]),
    );
    expect(await store.takenNumbers('main', ['A', 'C', 'D'])).toEqual(['A']);
    expect(await store.takenNumbers('second', ['A', 'C', 'D'])).toEqual(['C']);
    expect(await store.takenNumbers('main', [])).toEqual([]);
    const seen = await store.transaction(async (tx) => {
      await tx.addDocuments([issued(aDocument(4, { number: 'D' }))]);
      return tx.takenNumbers('main', ['D']);
    });
    expect(seen).toEqual(['D']);
  });

  it('an issued document is frozen, also for other tools (rule 3)', async () => {
    const database = await under.freshDatabase();
    const store = await openAt(database);
    await store.transaction((tx) => tx.addDocuments([issued(aDocument(1))]));
    const change = under.tamper(database, `update documents set number = 'X'`);
    await expect(change).rejects.toThrow(/never changed/);
    const removal = under.tamper(database, 'delete from documents');
    await expect(removal).rejects.toThrow(/never changed/);
    expect((await store.document('main/1/invoice'))?.document).toEqual(aDocument(1));
  });

  it('pages of the list together are the whole list, newest date first', async () => {
    const store = await freshStore();
    const documents = Array.from({ length: 50 }, (_, n) =>
      aDocument(n + 1, {
        date: `2026-11-${10 + (n % 3)}`,
        ...(n % 5 === 0 ? { kind: 'credit-note' as const } : {}),
        ...(n % 7 === 0 ? { shop: 'second' } : {}),
      }),
    );
    await store.transaction((tx) => tx.addDocuments(documents.map(issued)));
    for (const filter of [
      {},
      { shop: 'main' },
      { kind: 'invoice' as const },
      { kind: 'credit-note' as const, shop: 'main' },
      { from: '2026-11-11', to: '2026-11-11' },
    ]) {
      const whole = await store.listDocuments(filter, { limit: 100 });
      const paged: StoredDocument[] = [];
      for (;;) {
        const last = paged.at(-1);
        const after = last && { at: last.document.date, id: last.document.key };
        const page = await store.listDocuments(filter, { limit: 7, ...(after ? { after } : {}) });
        paged.push(...page);
        if (page.length < 7) break;
      }
      expect(paged).toEqual(whole);
      const expected = documents.filter(
        (d) =>
          (!('shop' in filter) || d.shop === filter.shop) &&
          (!('kind' in filter) || d.kind === filter.kind) &&
          (!('from' in filter) || d.date === filter.from),
      );
      expect(paged.map((d) => d.document.key).sort()).toEqual(expected.map((d) => d.key).sort());
      const dates = paged.map((d) => d.document.date);
      expect(dates).toEqual([...dates].sort().reverse());
    }
  });

  it('VAT totals are invoices less credit notes, and cover untaxed net', async () => {
    const store = await freshStore();
    const mixed = aDocument(2, {
      date: '2026-11-30',
      grossMinor: 13405,
      netMinor: 11305,
      taxes: [
        ...aDocument(2).taxes,
        ...aDocument(2).taxes.map((tax) => ({
          ...tax,
          rateId: '7',
          vat: NL0,
          baseMinor: 300,
          taxMinor: 0,
        })),
      ],
      groups: [
        { netMinor: 10000, rateIds: ['1'], vat: [NL21] },
        { netMinor: 1000, rateIds: [], vat: [NL0] },
        { netMinor: 300, rateIds: ['7'], vat: [NL0] },
        { netMinor: 5, rateIds: [], vat: [] },
      ],
    });
    const credit = aDocument(1, {
      key: 'main/1/credit-note/5',
      kind: 'credit-note',
      number: '1-C1',
      groups: [{ netMinor: 400, rateIds: ['1'], vat: [NL21] }],
      taxes: aDocument(1).taxes.map((tax) => ({ ...tax, baseMinor: 400, taxMinor: 84 })),
    });
    const later = aDocument(3, { date: '2026-12-01' });
    const yen = aDocument(4, { currency: 'JPY', minorUnits: 0 });
    const all = [
      aDocument(1),
      mixed,
      credit,
      later,
      yen,
      aDocument(5, { shop: 'second', key: 's' }),
    ];
    await store.transaction((tx) => tx.addDocuments(all.map(issued)));
    expect(await store.vatTotals('main', '2026-11-20', '2026-11-30')).toEqual([
      { currency: 'EUR', percent: '0', country: 'NL', code: 'NL0', baseMinor: 1300, taxMinor: 0 },
      {
        currency: 'EUR',
        percent: '21',
        country: 'NL',
        code: 'NL21',
        baseMinor: 19600,
        taxMinor: 4116,
      },
      {
        currency: 'JPY',
        percent: '21',
        country: 'NL',
        code: 'NL21',
        baseMinor: 10000,
        taxMinor: 2100,
      },
    ]);
  });
}
