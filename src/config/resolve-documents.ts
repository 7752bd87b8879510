import type { Path } from './problem.js';
import type { FileConfig } from './schema.js';
import { closedPeriodSchema, documentsSchema } from './schema-documents.js';
import { withoutUndefined } from './without-undefined.js';

/** The keys `vat`, `documents`, `seller` and `timezone` in one, as documents are made from them. */
export type DocumentConfig = ReturnType<typeof resolveDocuments>;

export function resolveDocuments(file: FileConfig, lineOf: (path: Path) => number) {
  const { numbering, lockedThrough, prepayments, ...rest } =
    file.documents ?? documentsSchema.parse({});
  return {
    ...rest,
    timezone: file.timezone,
    sellerCountry: file.seller.country,
    vat: file.vat.map((rule, index) => ({
      ...withoutUndefined(rule),
      line: lineOf(['vat', index]),
    })),
    numbering: resolveNumbering(numbering),
    prepayments: prepayments.map((rule) => withoutUndefined(rule)),
    ...(lockedThrough === undefined ? {} : { lockedThrough: resolveLocked(lockedThrough) }),
  };
}

type DocumentsFile = NonNullable<FileConfig['documents']>;

function resolveNumbering(numbering: DocumentsFile['numbering']) {
  if (numbering === 'order') return { from: 'order' as const };
  if ('meta' in numbering) return { from: 'meta' as const, key: numbering.meta };
  return { from: 'sequence' as const, ...numbering.sequence };
}

function resolveLocked(locked: NonNullable<DocumentsFile['lockedThrough']>) {
  return typeof locked === 'string' ? closedPeriodSchema.parse({ date: locked }) : locked;
}
