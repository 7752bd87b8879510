import { readOwnAddress, readShopAddress } from '../../setup/address.js';
import { type AnswerProblem, PROBLEM_OF } from '../../setup/answers.js';
import { keyProblem } from '../../setup/authorisation.js';
import { type BooksChoice, FLAVOURS } from '../../setup/choices.js';
import { type KeptSecret, keptInFile } from '../../setup/secrets.js';
import { STATUS_ACTIONS, type StatusAction, type StatusProposal } from '../../setup/statuses.js';
import { UNTAXED_CATEGORIES, type VatChange, type VatProposal, vatKeyOf } from '../../setup/vat.js';
import { addressWarnings } from '../../webhook/registration-warnings.js';
import type { BooksPart, CompanyPart, RulesPart } from './draft.js';

/** What is wrong with a field: ours, or what another part says of it in English. */
export type FieldProblem = AnswerProblem | { readonly told: string };
/** By the names of the fields. */
export type Problems = Readonly<Record<string, FieldProblem>>;

export type Read<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly problems: Problems };

/** A form with the text of one field trimmed; a field that is not there is empty. */
const textIn = (form: URLSearchParams, name: string): string => form.get(name)?.trim() ?? '';

function readAs<Value>(
  found: Readonly<Record<string, FieldProblem | undefined>>,
  value: () => Value,
): Read<Value> {
  const problems = Object.entries(found).flatMap(([name, problem]) =>
    problem === undefined ? [] : [[name, problem] as const],
  );
  return problems.length === 0
    ? { ok: true, value: value() }
    : { ok: false, problems: Object.fromEntries(problems) };
}

export interface ShopAnswer {
  readonly url: string;
  readonly allowPlainHttp: boolean;
  /** Undefined: the shop cannot reach us. */
  readonly ownUrl: string | undefined;
  readonly wantsWebhook: boolean;
}

export function readShop(form: URLSearchParams): Read<ShopAnswer> {
  const allowPlainHttp = form.has('allowPlainHttp');
  const shop = readShopAddress(textIn(form, 'url'), allowPlainHttp);
  const url = shop.ok ? shop.url : '';
  const typed = textIn(form, 'ownUrl');
  const own = typed === '' ? undefined : readOwnAddress(typed);
  const [warning] = own?.ok ? addressWarnings(own.url, url) : [];
  const ownProblem =
    own?.ok === false ? own.problem : warning === undefined ? undefined : { told: warning.message };
  return readAs({ url: shop.ok ? undefined : shop.problem, ownUrl: ownProblem }, () => ({
    ...{ url, allowPlainHttp, wantsWebhook: form.has('webhook') },
    ownUrl: own?.ok ? own.url : undefined,
  }));
}

export function readKeys(
  form: URLSearchParams,
): Read<{ readonly consumerKey: string; readonly consumerSecret: string }> {
  const consumerKey = textIn(form, 'consumerKey');
  const consumerSecret = textIn(form, 'consumerSecret');
  const problems = {
    consumerKey: keyProblem(consumerKey, 'key'),
    consumerSecret: keyProblem(consumerSecret, 'secret'),
  };
  return readAs(problems, () => ({ consumerKey, consumerSecret }));
}

export function readCompany(form: URLSearchParams): Read<CompanyPart> {
  const text = (name: string) => textIn(form, name);
  const country = text('country').toUpperCase();
  const problems = {
    sellerName: PROBLEM_OF.sellerName(text('sellerName')),
    country: PROBLEM_OF.country(country),
    timezone: PROBLEM_OF.timezone(text('timezone')),
    since: PROBLEM_OF.day(text('since')),
  };
  return readAs(problems, () => ({
    seller: { name: text('sellerName'), country, vatNumber: text('vatNumber') },
    timezone: text('timezone'),
    since: text('since'),
  }));
}

export const statusField = (status: string): string => `status.${status}`;
/** Of the proposal at a place of the list: `on`, `code`, `category`, `reason`. */
export const vatField = (index: number, part: string): string => `vat.${index}.${part}`;

export function readRules(
  form: URLSearchParams,
  statuses: readonly StatusProposal[],
  vat: readonly VatProposal[],
): Read<RulesPart> {
  const actions = new Map<string, StatusAction>(
    statuses.map(({ status, action }) => [
      status,
      STATUS_ACTIONS.find((each) => each === form.get(statusField(status))) ?? action,
    ]),
  );
  const changes = vat.map((proposal, index) => vatChange(form, proposal, index));
  const codes = changes.map(({ code }, index): [string, AnswerProblem | undefined] => [
    vatField(index, 'code'),
    PROBLEM_OF.taxCode(code),
  ]);
  const problems = {
    ...Object.fromEntries(codes),
    statuses: [...actions.values()].includes('forward') ? undefined : ('forward' as const),
    vat: changes.some(({ isActive }) => isActive) ? undefined : ('vat' as const),
  };
  return readAs(problems, () => ({
    statuses: actions,
    vat: new Map(vat.map((each, index) => [vatKeyOf(each), changes[index]]).filter(isPair)),
  }));
}

const isPair = (pair: (string | VatChange | undefined)[]): pair is [string, VatChange] =>
  pair[1] !== undefined;

function vatChange(form: URLSearchParams, { fields }: VatProposal, index: number): VatChange {
  const text = (part: string) => textIn(form, vatField(index, part));
  const category = UNTAXED_CATEGORIES.find((each) => each === text('category'));
  const hasCategory = 'category' in fields && category !== undefined;
  return {
    isActive: form.has(vatField(index, 'on')),
    code: text('code'),
    ...(hasCategory ? { category, reason: text('reason') } : {}),
  };
}

/** `kept`: the mail server that was given before, so that it need not be typed again. */
export function readBooks(
  form: URLSearchParams,
  folder: string,
  kept: KeptSecret | undefined,
): Read<BooksPart> {
  const types = new Set(form.getAll('books'));
  const [from, to, typed] = ['mailFrom', 'mailTo', 'smtp'].map((name) => textIn(form, name));
  const smtp = typed === '' && kept ? kept : keptInFile(typed ?? '', 'smtp', folder);
  const flavour = FLAVOURS.find((each) => each === form.get('flavour')) ?? 'hledger';
  const hasMail = types.has('email');
  const books: BooksChoice[] = [
    ...(types.has('journal') ? [{ type: 'journal' as const, flavour }] : []),
    ...(types.has('files') ? [{ type: 'files' as const }] : []),
    ...(hasMail
      ? [{ type: 'email' as const, smtp: smtp.place, from: from ?? '', to: to ?? '' }]
      : []),
  ];
  const problems = {
    books: books.length === 0 ? ('books' as const) : undefined,
    smtp: hasMail ? PROBLEM_OF.mailServer(smtp.value) : undefined,
    mailFrom: hasMail ? PROBLEM_OF.mailbox(from ?? '') : undefined,
    mailTo: hasMail ? PROBLEM_OF.mailbox(to ?? '') : undefined,
  };
  return readAs(problems, () => ({ books, ...(hasMail ? { smtp } : {}) }));
}
