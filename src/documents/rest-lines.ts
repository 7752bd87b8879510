import type { Document, DocumentLine, NetGroup } from './document.js';

/** A line a group, for amounts that no line of the shop stands for. */
export function restLines(
  groups: readonly NetGroup[],
  invoice: Pick<Document, 'number'>,
): DocumentLine[] {
  return groups.flatMap((group, index) =>
    group.netMinor === 0 ? [] : [restLine(group, index, `Rest of invoice ${invoice.number}`)],
  );
}

export function restLine(group: NetGroup, index: number, title: string): DocumentLine {
  const rates = group.vat.map(({ percent }) => `${percent} %`).join(' + ');
  return {
    kind: group.vat.length === 0 ? 'rounding' : 'product',
    name: rates === '' ? title : `${title} (${rates})`,
    sku: '',
    quantity: '1',
    netMinor: group.netMinor,
    group: index,
  };
}
