import type { DocumentJson } from '../../../src/shapes/document.js';
import type { OrderJson } from '../../../src/shapes/order.js';

/**
 * What is wrong, in words; empty where no order is lost and none is booked twice. `shown` are the
 * orders that were ever in a state before.
 */
export function faultsOf(
  inShop: ReadonlyMap<number, string>,
  shown: ReadonlySet<number>,
  orders: readonly OrderJson[],
  documents: readonly DocumentJson[],
  journalKeys: readonly string[],
): string[] {
  return [
    ...repeated(
      'order',
      orders.map(({ id }) => `${id}`),
    ),
    ...repeated(
      'document',
      documents.map(({ key }) => key),
    ),
    ...repeated(
      'number',
      documents.map(({ kind, number }) => `${kind} ${number}`),
    ),
    ...repeated('journal entry', journalKeys),
    ...lost(inShop, shown, orders),
    ...orders.flatMap((order) => ofOrder(order, inShop.get(order.id), documents)),
    ...documents.flatMap((document) => ofDocument(document, new Set(journalKeys))),
    ...strangers(documents, journalKeys),
  ];
}

function repeated(what: string, names: readonly string[]): string[] {
  const seen = new Set<string>();
  return names.flatMap((name) => {
    if (seen.has(name)) return [`${what} ${name} is there more than once`];
    seen.add(name);
    return [];
  });
}

function lost(
  inShop: ReadonlyMap<number, string>,
  shown: ReadonlySet<number>,
  orders: readonly OrderJson[],
): string[] {
  const known = new Set(orders.map(({ id }) => id));
  const neverShown = new Set(unlistedSinceBefore(inShop, shown));
  return [...new Set([...inShop.keys(), ...shown])]
    .filter((id) => !known.has(id) && !neverShown.has(id))
    .map((id) => `order ${id} (${inShop.get(id) ?? 'gone'}) is in no state`);
}

/**
 * What the polls alone have passed over, before the batch makes up for it: what the shop lists and we
 * do not have as it is. That a status was changed in the database only the batch can find.
 */
export function passedOver(
  inShop: ReadonlyMap<number, string>,
  orders: readonly OrderJson[],
): string[] {
  const statuses = new Map(orders.map(({ id, status }) => [id, status]));
  const isBehindPolls = (status: string, held: string | undefined) =>
    status === 'processing' && held === 'on-hold';
  return [...inShop].flatMap(([id, status]) => {
    const held = statuses.get(id);
    if (isUnlisted(status) || status === held || isBehindPolls(status, held)) return [];
    return [`order ${id} is ${status} in the shop, ${held ?? 'unknown'} here`];
  });
}

/**
 * Orders that left the shop's lists before anyone asked for them: a shop lists neither its trash nor
 * a status that no plugin registers any more (recorded fact 8).
 */
export function unlistedSinceBefore(
  inShop: ReadonlyMap<number, string>,
  shown: ReadonlySet<number>,
): number[] {
  return [...inShop]
    .filter(([id, status]) => isUnlisted(status) && !shown.has(id))
    .map(([id]) => id);
}

const isUnlisted = (status: string): boolean => status === 'trash' || status === 'gone-plugin';

const ELIGIBLE = new Set(['processing', 'completed', 'refunded', 'partly-shipped']);

function ofOrder(
  { id, status, state }: OrderJson,
  inShop: string | undefined,
  documents: readonly DocumentJson[],
): string[] {
  const own = documents.filter(({ orderId }) => orderId === id);
  const invoices = own.filter(({ kind }) => kind === 'invoice');
  const invoiced = sumOf(invoices);
  const credited = sumOf(own.filter(({ kind }) => kind === 'credit-note'));
  const isGone = inShop === undefined || inShop === 'trash';
  const wrong: [boolean, string][] = [
    [isGone !== (state === 'withdrawn'), `is ${state}, in the shop ${inShop ?? 'gone'}`],
    [!isGone && inShop !== status, `has status ${status}, in the shop ${inShop}`],
    [!isGone && ELIGIBLE.has(status) && state !== 'forwarded', `is ${status} and ${state}`],
    [state === 'forwarded' && invoices.length !== 1, `has ${invoices.length} invoices`],
    [invoices.length > 1, 'was invoiced twice'],
    [credited > invoiced, `was credited ${credited} of ${invoiced}`],
  ];
  return wrong.filter(([isWrong]) => isWrong).map(([, what]) => `order ${id} ${what}`);
}

function sumOf(documents: readonly DocumentJson[]): number {
  return documents.reduce((sum, { grossMinor }) => sum + Math.abs(grossMinor), 0);
}

function ofDocument({ key, postings }: DocumentJson, inJournal: ReadonlySet<string>): string[] {
  const [posting] = postings;
  const isBooked = postings.length === 1 && posting?.state === 'booked';
  return [
    ...(isBooked ? [] : [`document ${key} has postings ${JSON.stringify(postings)}`]),
    ...(inJournal.has(key) ? [] : [`document ${key} is not in the journal`]),
  ];
}

function strangers(documents: readonly DocumentJson[], journalKeys: readonly string[]): string[] {
  const known = new Set(documents.map(({ key }) => key));
  return journalKeys
    .filter((key) => !known.has(key))
    .map((key) => `journal entry ${key} belongs to no document`);
}
