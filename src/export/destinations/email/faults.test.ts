import { describe, expect, test } from 'vitest';
import { documentOf } from '../../../../tests/support/documents.js';
import { emailSettings } from '../../../../tests/support/email.js';
import {
  openFaultySmtp,
  type SmtpFault,
  type SmtpStep,
} from '../../../../tests/support/faulty-smtp.js';
import { renderAtSize, renderPlainly } from '../../../../tests/support/rendering.js';
import { SELLER } from '../../../../tests/support/seller.js';
import { openMailServer } from '../../../../tests/support/smtp.js';
import { createEmail } from './email.js';

const DOCUMENT = documentOf({ lines: [{ netMinor: 1000, rates: ['NL21'] }] });
const says = (...lines: readonly string[]): SmtpFault => ({
  says: lines.map((line) => `${line}\r\n`).join(''),
});
/** More than the machine's own buffers hold: the end is certainly not sent before the fault. */
const LARGE_BYTES = 9_000_000;

type Expected = 'retry of the books' | 'retry of the document' | 'rejected' | 'uncertain';
/** Where, what goes wrong, what is said of it, how many mails the server took over. */
type Row = readonly [SmtpStep, SmtpFault, Expected, number];

const [BOOKS, ITSELF] = ['retry of the books', 'retry of the document'] as const;

const MATRIX: readonly Row[] = [
  ['greeting', says('421 busy'), BOOKS, 0],
  ['greeting', says('451 later'), BOOKS, 0],
  ['greeting', says('554 no mail here'), BOOKS, 0],
  ['greeting', says('hello there'), BOOKS, 0],
  ['greeting', 'drop', BOOKS, 0],
  ['greeting', 'silence', BOOKS, 0],
  ['EHLO', says('421 busy'), BOOKS, 0],
  ['EHLO', says('451 later'), BOOKS, 0],
  ['EHLO', says('550 not you'), BOOKS, 0],
  ['EHLO', 'drop', BOOKS, 0],
  ['EHLO', 'silence', BOOKS, 0],
  ['STARTTLS', says('454 no TLS now'), BOOKS, 0],
  ['STARTTLS', says('220 go on', 'what follows is no TLS'), BOOKS, 0],
  ['STARTTLS', 'drop', BOOKS, 0],
  ['STARTTLS', 'silence', BOOKS, 0],
  ['AUTH', says('421 busy'), BOOKS, 0],
  ['AUTH', says('454 later'), BOOKS, 0],
  ['AUTH', says('535 wrong password'), BOOKS, 0],
  ['AUTH', 'drop', BOOKS, 0],
  ['AUTH', 'silence', BOOKS, 0],
  ['MAIL', says('421 busy'), BOOKS, 0],
  ['MAIL', says('450 later'), BOOKS, 0],
  ['MAIL', says('550 not from you'), BOOKS, 0],
  ['MAIL', says('530 log in first'), BOOKS, 0],
  ['MAIL', says('552 too large'), 'rejected', 0],
  ['MAIL', 'drop', BOOKS, 0],
  ['MAIL', 'silence', BOOKS, 0],
  ['RCPT', says('421 busy'), BOOKS, 0],
  ['RCPT', says('450 greylisted'), ITSELF, 0],
  ['RCPT', says('550 no such mailbox'), 'rejected', 0],
  ['RCPT', 'drop', BOOKS, 0],
  ['RCPT', 'silence', BOOKS, 0],
  ['DATA', says('421 busy'), BOOKS, 0],
  ['DATA', says('451 later'), ITSELF, 0],
  ['DATA', says('503 bad sequence'), ITSELF, 0],
  ['DATA', says('554 no'), 'rejected', 0],
  ['DATA', 'drop', BOOKS, 0],
  ['DATA', 'silence', BOOKS, 0],
  ['DATA', says('354 go on', '250 taken before it was sent'), 'uncertain', 0],
  ['content', says('421 busy'), BOOKS, 0],
  ['content', says('451 later'), ITSELF, 0],
  ['content', says('552 too large'), 'rejected', 0],
  ['content', 'drop', ITSELF, 0],
  ['content', 'silence', ITSELF, 0],
  ['dot', says('421 busy'), BOOKS, 0],
  ['dot', says('452 disk full'), ITSELF, 0],
  ['dot', says('552 too large'), 'rejected', 0],
  ['dot', says('554-spam', '554 go away'), 'rejected', 0],
  ['dot', 'drop', 'uncertain', 0],
  ['dot', 'silence', 'uncertain', 0],
  ['answer', 'drop', 'uncertain', 1],
  ['answer', 'silence', 'uncertain', 1],
  ['answer', says('hello there'), 'uncertain', 1],
  ['answer', says('354 go on'), 'uncertain', 1],
  ['answer', says('250-half an answer'), 'uncertain', 1],
];

const inWords = (fault: SmtpFault): string =>
  typeof fault === 'string' ? fault : `"${fault.says.trim().replaceAll('\r\n', ' / ')}"`;

describe.each([
  ['command by command', true],
  ['with the commands sent ahead', false],
])('a mail to two readers, %s', (_, hidePIPELINING) => {
  for (const [step, fault, expected, count] of MATRIX) {
    const name = `${step}: ${inWords(fault)} -> ${expected}, ${count} mails taken over`;
    test.concurrent(name, async ({ expect: expectHere }) => {
      const server = await openMailServer({
        user: 'shop',
        hidePIPELINING,
        ...(step === 'STARTTLS' ? { disabledCommands: [] } : {}),
      });
      // Of the two readers, only the second meets the fault.
      const nth = step === 'RCPT' ? { nth: 2 } : {};
      const way = await openFaultySmtp(server, { at: step, with: fault, ...nth });
      const to = ['accountant@books.example', 'owner@shop.example'];
      const email = createEmail(emailSettings({ smtp: way.url, to }), {
        render: step === 'content' ? renderAtSize(LARGE_BYTES) : renderPlainly,
        clock: { now: () => 0 },
        seller: SELLER,
        limits: { greetingMs: 3000, attemptMs: 3000 },
      });
      const outcome = await email.post(DOCUMENT, DOCUMENT.key, new AbortController().signal);
      await way.close();
      await server.close();
      const scope = outcome.kind === 'retry' ? ` of the ${outcome.scope}` : '';
      expectHere(`${outcome.kind}${scope}`, JSON.stringify(outcome)).toBe(expected);
      expectHere(server.mails).toHaveLength(count);
      if (outcome.kind === 'rejected') expectHere(outcome.fix).toMatch(/\w/);
    });
  }
});

test('a fault is what the matrix is about: without one, both readers get the mail', async () => {
  const server = await openMailServer({ user: 'shop' });
  const way = await openFaultySmtp(server, { at: 'RCPT', with: 'drop', nth: 3 });
  const to = ['accountant@books.example', 'owner@shop.example'];
  const email = createEmail(emailSettings({ smtp: way.url, to }), {
    render: renderPlainly,
    clock: { now: () => 0 },
    seller: SELLER,
  });
  const outcome = await email.post(DOCUMENT, DOCUMENT.key, new AbortController().signal);
  expect(outcome.kind).toBe('booked');
  await way.close();
  await server.close();
  expect(server.mails.map((mail) => mail.to)).toEqual([to]);
});
