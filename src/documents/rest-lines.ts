import { prorate } from './allocate.js';
import type { DocumentLine } from './document.js';
import type { KindNet, Remaining } from './remaining.js';

/** Lines for what is left of an invoice: one a group and kind. */
export function allRestLines(remaining: Remaining, title: string): DocumentLine[] {
  return remaining.groups.flatMap(({ netMinor }, index) =>
    restLines(netMinor, index, remaining, title),
  );
}

/**
 * Lines for an amount of a group that no line of the shop stands for, of the kinds that are left in
 * it: so shipping that is given back leaves the account of shipping. `taken` has a line of its own.
 */
export function restLines(
  netMinor: number,
  index: number,
  remaining: Remaining,
  title: string,
  taken: readonly KindNet[] = [],
): DocumentLine[] {
  const group = remaining.groups[index];
  if (!group || netMinor === 0) return [];
  const rates = group.vat.map(({ percent }) => `${percent} %`).join(' + ');
  return byKind(netMinor, less(remaining.kinds[index] ?? [], taken)).map((share) => ({
    kind: group.vat.length === 0 ? 'rounding' : share.kind,
    name: [title, TITLES[share.kind], rates && `(${rates})`].filter(Boolean).join(' '),
    sku: '',
    quantity: '1',
    netMinor: share.netMinor,
    group: index,
  }));
}

const TITLES: Readonly<Record<KindNet['kind'], string>> = {
  product: '',
  shipping: 'of shipping',
  fee: 'of fees',
};

function less(kinds: readonly KindNet[], taken: readonly KindNet[]): KindNet[] {
  return kinds.map(({ kind, netMinor }) => ({
    kind,
    netMinor: taken
      .filter((one) => one.kind === kind)
      .reduce((rest, one) => rest - one.netMinor, netMinor),
  }));
}

/** In proportion to what is left of each kind; to the largest where there is no sound proportion. */
function byKind(netMinor: number, open: readonly KindNet[]): KindNet[] {
  const left = open.reduce((sum, one) => sum + one.netMinor, 0);
  const [largest] = [...open].sort((a, b) => Math.abs(b.netMinor) - Math.abs(a.netMinor));
  if (Math.sign(left) !== Math.sign(netMinor) || Math.abs(netMinor) > Math.abs(left)) {
    return [{ kind: largest?.kind ?? 'product', netMinor }];
  }
  const weights = open.map((one) => one.netMinor);
  return prorate(netMinor, weights)
    .flatMap((share, index) => ({ kind: open[index]?.kind ?? 'product', netMinor: share }))
    .filter((share) => share.netMinor !== 0);
}
