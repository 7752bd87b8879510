import { z } from 'zod';
import type { App } from '../../app.js';
import { Problem } from '../../server/problem.js';
import { documentJson, documentShape } from '../../shapes/document.js';
import { documentDetailJson, documentDetailShape } from '../../shapes/document-detail.js';
import { day } from '../../shapes/scalars.js';
import type { DocumentFilter } from '../../store/store.js';
import { aDocument, found, limit, shopId, text } from '../fields.js';
import { fetching, type Operation, reading } from '../operation.js';
import { after, pageOf, pageShape, placeIn } from '../paging.js';
import type { ApiDeps } from '../services.js';

export const documentPageShape = pageShape(documentShape);

const documentQuery = z.strictObject({
  shop: shopId.optional(),
  kind: z.enum(['invoice', 'credit-note']).optional(),
  number: text.optional().describe('Answers all with this number at once.'),
  from: day.optional().describe('Dated on this day or later.'),
  to: day.optional().describe('Dated on this day or before.'),
  limit,
  after,
});

export function documentOperations({ app }: ApiDeps): readonly Operation[] {
  const file = { tag: 'Documents', needs: 'read', params: aDocument } as const;
  return [
    reading(
      {
        ...{ id: 'listDocuments', tag: 'Documents', path: '/api/v1/documents', needs: 'read' },
        summary: 'Invoices and credit notes with their postings, newest first.',
        query: documentQuery,
        shape: documentPageShape,
      },
      ({ query }) => listDocuments(app, query),
    ),
    reading(
      {
        ...{ ...file, id: 'getDocument', path: '/api/v1/documents/:key' },
        summary: 'One document whole.',
        shape: documentDetailShape,
      },
      async ({ params: { key } }) => {
        const stored = found(await app.store.document(key), 'document');
        return documentDetailJson(stored, await app.store.postingsOf([key]));
      },
    ),
    fetching(
      {
        ...{ ...file, id: 'getDocumentPdf', path: '/api/v1/documents/:key/pdf' },
        ...{ summary: 'The document as PDF.', mediaType: 'application/pdf' },
      },
      ({ params: { key } }) => fileOf(app, key, 'pdf'),
    ),
    fetching(
      {
        ...{ ...file, id: 'getDocumentUbl', path: '/api/v1/documents/:key/ubl' },
        ...{ summary: 'The document as e-invoice in UBL.', mediaType: 'application/xml' },
      },
      ({ params: { key } }) => fileOf(app, key, 'ubl'),
    ),
  ];
}

async function listDocuments({ store }: App, query: z.infer<typeof documentQuery>) {
  const { shop, kind, from, to } = query;
  const place = placeIn(query.after, () => true);
  const filter: DocumentFilter = {
    ...(shop === undefined ? {} : { shop }),
    ...(kind === undefined ? {} : { kind }),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
  };
  const documents =
    query.number === undefined
      ? await store.listDocuments(filter, {
          limit: query.limit + 1,
          ...(place && { after: place }),
        })
      : (await store.documentsByNumber(query.number)).filter(
          ({ document }) =>
            (shop === undefined || document.shop === shop) &&
            (kind === undefined || document.kind === kind) &&
            (from === undefined || document.date >= from) &&
            (to === undefined || document.date <= to),
        );
  const postings = await store.postingsOf(documents.map(({ document }) => document.key));
  return pageOf(
    documents,
    query.limit,
    (stored) => documentJson(stored, postings),
    ({ issuedAt, document }) => ({ at: issuedAt, id: document.key }),
  );
}

async function fileOf(app: App, key: string, format: 'pdf' | 'ubl') {
  const { document } = found(await app.store.document(key), 'document');
  const rendered = await app.renderer([format])(document);
  if (rendered.kind !== 'rendered') throw new Problem(422, rendered.reason, { fix: rendered.fix });
  const [file] = rendered.files;
  if (file === undefined) throw new Error(`no ${format} was made of ${key}`);
  const name = `${document.number.replace(/[^\w.-]+/g, '-')}.${file.extension}`;
  return { name, content: file.content };
}
