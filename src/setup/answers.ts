import { isMailbox, isMailServerAddress } from '../config/addresses.js';
import { isCountry, isDay } from '../config/fields.js';
import { isTimeZone } from '../config/zone.js';
import { localDateOf } from '../orders/time.js';
import { oneLine } from './yaml-text.js';

/** As an address of a mail server is written. */
export const SMTP_FORM = 'smtp://user:password@mail.example.com:587';

/** What can be wrong with an answer of a person, and how that is said in English. */
export const ANSWER_PROBLEMS = {
  address: 'That is no web address; write it as https://shop.example.com',
  'own-address': 'That is no web address; write it as https://orderpark.example.com',
  'own-https': 'The shop must reach it from outside: a public https address',
  key: 'The consumer key begins with ck_ and has no blanks in it',
  secret: 'The consumer secret begins with cs_ and has no blanks in it',
  'secret-as-key': 'That is the consumer secret; the consumer key begins with ck_',
  'key-as-secret': 'That is the consumer key; the consumer secret begins with cs_',
  'shop-id': 'Small letters, digits and hyphens, as main',
  timezone: 'Write it as Europe/Amsterdam',
  day: 'Write it as 2026-01-31',
  name: 'An invoice needs a name',
  country: 'Write it as NL',
  'mail-server': `Write it as ${SMTP_FORM}`,
  mailbox: 'Write it as name@example.com',
  code: 'Write the name that your books have for this tax',
  books: 'Choose at least one',
  forward: 'Then nothing would ever be booked: let orders of at least one status be booked',
  vat: 'Leave at least one rate on: without any, no order could be booked',
} as const;
export type AnswerProblem = keyof typeof ANSWER_PROBLEMS;

const ID = /^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/;

/** What is wrong with an answer; undefined where it is right. */
export const PROBLEM_OF = {
  shopId: (answer: string) => unless(ID.test(answer), 'shop-id'),
  timezone: (answer: string) => unless(isTimeZone(answer), 'timezone'),
  day: (answer: string) => unless(isDay(answer), 'day'),
  sellerName: (answer: string) => unless(oneLine(answer) !== '', 'name'),
  country: (answer: string) => unless(isCountry(answer), 'country'),
  mailServer: (answer: string) => unless(isMailServerAddress(answer), 'mail-server'),
  mailbox: (answer: string) => unless(isMailbox(answer), 'mailbox'),
  taxCode: (answer: string) => unless(oneLine(answer) !== '', 'code'),
} as const;

function unless(isRight: boolean, problem: AnswerProblem): AnswerProblem | undefined {
  return isRight ? undefined : problem;
}

/** The zone that the site tells, else this machine's; undefined where neither is one. */
export function usualTimezone(told: string | undefined): string | undefined {
  const own = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  return [told, own].find((zone) => zone !== undefined && isTimeZone(zone));
}

/** The first of this year. */
export function usualSince(nowMs: number, timezone: string): string {
  return `${localDateOf(nowMs, timezone).slice(0, 4)}-01-01`;
}
