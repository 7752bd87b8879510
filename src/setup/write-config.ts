import { isLoopback } from '../config/addresses.js';
import { VAT_NUMBER_KEYS } from '../config/usual-keys.js';
import type { LocalDate } from '../orders/time.js';
import type { BooksChoice, Choices, SecretPlace } from './choices.js';
import { lookAtOrders, type Seen } from './seen.js';
import { createSheet, entry, type Sheet } from './sheet.js';
import { proposeStatuses, type StatusAction } from './statuses.js';
import type { Survey } from './survey.js';
import { type Tally, tallyText } from './tally.js';
import { changedVat, proposeVat, vatKeyOf, vatRuleText } from './vat.js';
import { commentText, oneLine, scalar } from './yaml-text.js';

/**
 * The owner's file: the example, with what is known of the shop filled in. Each line that was worked
 * out from the shop says in its comment what was seen. `today` is when that was.
 */
export function configText(
  example: string,
  survey: Survey,
  choices: Choices,
  today: LocalDate,
): string {
  const sheet = createSheet(example);
  const seen = lookAtOrders(survey.orders);
  fillTop(sheet, survey, choices);
  fillShop(sheet, survey, choices, seen);
  fillServer(sheet, choices);
  fillSeller(sheet, survey, choices);
  fillVat(sheet, survey, choices, seen);
  fillDocuments(sheet, seen);
  fillBooks(sheet, choices, seen);
  return withHead(sheet.text(), headOf(survey, choices, seen, today));
}

function fillTop(sheet: Sheet, { about }: Survey, { timezone }: Choices): void {
  const isTold = about.timezone === timezone;
  const own = about.timezone === undefined ? undefined : commentText(about.timezone);
  sheet.fill('', 'timezone', {
    value: scalar(timezone),
    seen: isTold ? 'the zone of the site' : `the zone of the site is ${own ?? 'a fixed offset'}`,
  });
}

const SHOPS = 'Your shops';

function fillShop(sheet: Sheet, survey: Survey, choices: Choices, seen: Seen): void {
  sheet.fill(SHOPS, 'id', { value: choices.shop });
  sheet.fill(SHOPS, 'url', { value: scalar(choices.url) });
  sheet.fill(SHOPS, 'consumerKey', { value: placeText(choices.consumerKey) });
  sheet.fill(SHOPS, 'consumerSecret', { value: placeText(choices.consumerSecret) });
  sheet.fill(SHOPS, 'since', { value: choices.since });
  if (choices.allowPlainHttp) sheet.fill(SHOPS, 'allowPlainHttp', { value: 'true' });
  sheet.replace(SHOPS, 'statuses', statusLines(survey, choices, seen));
  const { webhook } = choices;
  if (!webhook) return;
  sheet.switchOn(SHOPS, 'webhook');
  sheet.fill(SHOPS, 'webhook.secret', { value: placeText(webhook.secret) });
  sheet.fill(SHOPS, 'webhook.url', { value: scalar(webhook.url) });
  sheet.fill(SHOPS, 'webhook.register', {
    value: String(webhook.register),
    ...(webhook.register
      ? {}
      : { seen: 'the key may only read, so make them by hand (docs/webhooks.md)' }),
  });
}

const ACTIONS: readonly (readonly [StatusAction, string])[] = [
  ['forward', 'book these'],
  ['ignore', 'never book these'],
  ['park', 'wait in these; so does a status that is not named'],
];

function statusLines({ about }: Survey, { statuses }: Choices, seen: Seen): string[] {
  const proposals = proposeStatuses(about.statuses, seen.statuses, statuses);
  return [
    entry('    statuses:', 'which orders are booked'),
    ...ACTIONS.flatMap(([action, words]) => {
      const own = proposals.filter((proposal) => proposal.action === action);
      if (own.length === 0) return [];
      return [
        entry(`      ${action}:`, words),
        ...own.map(({ status, note }) => entry(`        - ${status}`, commentText(note))),
      ];
    }),
  ];
}

function fillServer(sheet: Sheet, { server, webhook }: Choices): void {
  const section = 'The server';
  const { host, port } = server ?? {};
  if (host !== undefined) sheet.fill(section, 'host', { value: scalar(host) });
  if (port !== undefined) sheet.fill(section, 'port', { value: String(port) });
  if (webhook && isLoopback(host ?? '127.0.0.1')) {
    const seen = 'a public address and a server for this machine alone, so a proxy between them';
    sheet.fill(section, 'trustProxy', { value: '1', seen });
  }
}

function fillSeller(sheet: Sheet, { about, address }: Survey, { seller }: Choices): void {
  const section = 'Who sells';
  const byName = about.name === seller.name ? { seen: 'the name of the site' } : {};
  sheet.fill(section, 'name', { value: scalar(seller.name), ...byName });
  const byAddress = { seen: 'the address of the shop' };
  sheet.fill(section, 'country', {
    value: seller.country,
    ...(address.country === seller.country ? byAddress : {}),
  });
  if (seller.vatNumber === '') sheet.switchOff(section, 'vatNumber');
  else sheet.fill(section, 'vatNumber', { value: scalar(seller.vatNumber) });
  for (const key of ['street', 'street2', 'postcode', 'city', 'state'] as const) {
    const text = oneLine(address[key]);
    if (text !== '') sheet.fill(section, key, { value: scalar(text), ...byAddress });
  }
}

/** As in the example: its rules are long. */
const VAT_COMMENT_AT = 77;

function fillVat(sheet: Sheet, survey: Survey, { seller, vat }: Choices, seen: Seen): void {
  const section = 'VAT';
  const examples = sheet
    .linesOf(section, 'vat')
    .filter((line) => /^ *# - \{ percent: 0,/.test(line));
  sheet.replace(section, 'vat', [
    'vat:',
    ...proposeVat(survey, seen, seller.country)
      .map((proposal) => changedVat(proposal, vat?.get(vatKeyOf(proposal))))
      .map(({ isActive, fields, note }) => {
        const rule = oneLine(vatRuleText(fields));
        return entry(`  ${isActive ? '' : '# '}- ${rule}`, commentText(note), VAT_COMMENT_AT);
      }),
    '  # For example:',
    ...examples,
  ]);
}

const DOCUMENTS = 'Invoices and credit notes';

function fillDocuments(sheet: Sheet, seen: Seen): void {
  const [number] = seen.invoiceNumberKeys;
  if (number) {
    const isUsual = number.count * 2 > seen.orders;
    const told = `an invoice plugin's number in ${number.what}, ${onOrders(number.count, seen)}`;
    if (isUsual)
      sheet.fill(DOCUMENTS, 'numbering', { value: `{ meta: ${number.what} }`, seen: told });
    else sheet.remark(DOCUMENTS, 'numbering', told);
  }
  if (seen.prepaymentKeys.length > 0) {
    sheet.remark(DOCUMENTS, 'prepayments', `${tallyText(seen.prepaymentKeys)}, which are known`);
  }
  fillVatNumberKeys(sheet, seen);
}

/** Keys beyond the usual ones are only known where the whole list is written. */
function fillVatNumberKeys(sheet: Sheet, seen: Seen): void {
  const { vatNumberKeys, otherVatNumberKeys: others } = seen;
  if (others.length === 0) {
    if (vatNumberKeys.length > 0) {
      sheet.remark(DOCUMENTS, 'vatNumberKeys', `${tallyText(vatNumberKeys)}, which are known`);
    }
    return;
  }
  sheet.switchOn(DOCUMENTS, 'vatNumberKeys');
  const [head = ''] = sheet.linesOf(DOCUMENTS, 'vatNumberKeys');
  sheet.replace(DOCUMENTS, 'vatNumberKeys', [
    head,
    ...others.map(({ what, count }) =>
      entry(`    - ${scalar(what)}`, `seen: ${onOrders(count, seen)}; looks like a VAT number`),
    ),
    ...VAT_NUMBER_KEYS.map((key) => `    - ${key}`),
  ]);
}

function onOrders(count: number, { orders }: Seen): string {
  return `on ${count} of the ${orders} newest orders`;
}

const BOOKS = 'Your books';
/** How the example calls them. */
const BOOKS_IDS = { journal: 'id=journal', files: 'id=invoices', email: 'id=accountant' } as const;

function fillBooks(sheet: Sheet, { books }: Choices, seen: Seen): void {
  remarkPaymentMethods(sheet, seen.paymentMethods);
  if (!books.some(({ type }) => type === 'journal')) sheet.switchOff(BOOKS, BOOKS_IDS.journal);
  for (const choice of books) fillOneBooks(sheet, choice);
}

function remarkPaymentMethods(sheet: Sheet, methods: readonly Tally[]): void {
  if (methods.length === 0) return;
  const path = `${BOOKS_IDS.journal}.accounts.clearingByMethod`;
  sheet.remark(BOOKS, path, commentText(tallyText(methods)));
}

function fillOneBooks(sheet: Sheet, choice: BooksChoice): void {
  const fill = (key: string, value?: string) =>
    sheet.fill(BOOKS, `${BOOKS_IDS[choice.type]}.${key}`, value === undefined ? {} : { value });
  switch (choice.type) {
    case 'journal':
      fill('flavour', choice.flavour);
      return;
    case 'files':
      sheet.switchOn(BOOKS, BOOKS_IDS.files);
      for (const key of ['type', 'folder']) fill(key);
      return;
    case 'email':
      sheet.switchOn(BOOKS, BOOKS_IDS.email);
      fill('type');
      fill('smtp', placeText(choice.smtp));
      fill('from', scalar(choice.from));
      fill('to', scalar(choice.to));
      return;
  }
}

/** How the owner's file refers to a secret. */
function placeText(place: SecretPlace): string {
  return place.kind === 'variable' ? `\${${place.name}}` : `{ file: ${scalar(place.path)} }`;
}

function headOf(survey: Survey, { url }: Choices, seen: Seen, today: LocalDate): string[] {
  const { about, pricesIncludeTax, gaps } = survey;
  const facts = [
    about.name,
    about.wooCommerceVersion === undefined ? undefined : `WooCommerce ${about.wooCommerceVersion}`,
    about.currency,
    pricesIncludeTax === undefined
      ? undefined
      : `prices ${pricesIncludeTax ? 'with' : 'without'} tax`,
    about.orderStorage === undefined
      ? undefined
      : `orders kept in ${about.orderStorage === 'hpos' ? 'order tables' : 'posts'}`,
  ].filter((fact) => fact !== undefined && fact !== '');
  return [
    `Written by "orderpark init" on ${today}, from what ${url} told. Where a comment says`,
    '"seen:", the line was worked out from the shop: look whether it is right.',
    '',
    ...(facts.length === 0 ? [] : [`The shop: ${facts.join(', ')}.`]),
    ...(seen.orders === 0 ? ['It has no orders yet.'] : newestLines(seen)),
    ...gatewayLines(survey),
    ...gaps.map(({ what, message }) => `It would not tell ${what}: ${message}`),
  ];
}

function newestLines(seen: Seen): string[] {
  return [
    `Its ${seen.orders} newest orders go to ${tallyText(seen.countries) || 'nowhere'},`,
    `are in ${tallyText(seen.currencies)},`,
    `and are paid by ${tallyText(seen.paymentMethods) || 'nothing'}.`,
  ];
}

function gatewayLines({ gateways }: Survey): string[] {
  const on = gateways.filter(({ enabled }) => enabled).map(({ id, title }) => `${id} ("${title}")`);
  return on.length === 0 ? [] : [`Its payment methods: ${on.join(', ')}.`];
}

/** In the place of the example's own first lines, up to where it begins to explain itself. */
function withHead(text: string, head: readonly string[]): string {
  const lines = text.split('\n');
  const explains = lines.findIndex((line) => line.startsWith(EXPLAINS));
  if (explains < 0) throw new RangeError(`the example does not explain itself with "${EXPLAINS}"`);
  const rest = lines.slice(explains);
  const written = head.map((line) => (line === '' ? '#' : `# ${commentText(line)}`));
  return [...written, '#', OFF_LINES, '#', ...rest].join('\n');
}

const EXPLAINS = '# $' + '{NAME} is filled in from the environment';
const OFF_LINES =
  '# A line that begins with # is switched off; what it shows is what you get without it, unless it says\n# "for example".';
