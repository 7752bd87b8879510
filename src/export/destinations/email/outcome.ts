import type { Outcome } from '../../destination.js';
import type { DeliveryEnd, RefusedRecipient, Reply } from './delivery.js';

/** What the reasons and fixes name. */
export interface Where {
  readonly books: string;
  /** Host and port. */
  readonly server: string;
}

/** A `retry` of the whole books, with what a person can do. */
interface Pausing {
  readonly kind: 'pausing';
  readonly reason: string;
  readonly fix: string;
}

type Failed = Exclude<DeliveryEnd, { readonly kind: 'accepted' }>;
type Verdict =
  | Pausing
  | Extract<Outcome, { readonly kind: 'rejected' | 'uncertain' }>
  | { readonly kind: 'later'; readonly reason: string };

/** RFC 4954: a login is needed, too weak, or not taken; whatever command is answered so. */
const LOGIN_CODES = [530, 534, 535, 538];
/** RFC 5321: the service is not available and closes the connection. */
const NOT_AVAILABLE = 421;
/** RFC 5321: bad sequence of commands, which is the fault of the session and not of the mail. */
const BAD_SEQUENCE = 503;
/** RFC 1870: the mail is larger than the server takes. */
export const TOO_LARGE = 552;

/** What follows from an attempt that did not end well. */
export function outcomeOf(end: Failed, where: Where): Outcome {
  const verdict = verdictOf(end, where);
  switch (verdict.kind) {
    case 'pausing':
      return { kind: 'retry', scope: 'books', reason: `${verdict.reason} ${verdict.fix}` };
    case 'later':
      return { kind: 'retry', scope: 'document', reason: verdict.reason };
    case 'rejected':
    case 'uncertain':
      return verdict;
  }
}

/**
 * A refusal is a document's own (`rejected`, or `later`) only where it can be: of its recipients or
 * its content. What every other document would hear too (no connection, no login, no mail from this
 * sender) pauses the books instead, so that a wrong password does not use up one document after
 * another. Nothing has arrived without the dot that ends a mail; after it, only the server's own no
 * says so.
 */
export function verdictOf(end: Failed, where: Where): Verdict {
  switch (end.kind) {
    case 'broken':
      return afterBreak(end, where);
    case 'recipients-refused':
      return afterRefusedRecipients(end, where);
    case 'refused':
      return afterRefusal(end, where);
  }
}

/** The mail is too large for the server: fewer documents in it may not be. */
export function isTooLarge(end: DeliveryEnd): boolean {
  return end.kind === 'refused' && end.reply.code === TOO_LARGE;
}

function afterBreak(end: Failed & { readonly kind: 'broken' }, { books, server }: Where): Verdict {
  const { phase, cause, detail } = end;
  if (phase === 'answer') {
    const reason = `The mail was handed to ${server}, and whether it took it is not known: ${detail}.`;
    return { kind: 'uncertain', reason };
  }
  if (cause === 'stopped') return { kind: 'later', reason: 'Stopped before the mail was sent.' };
  const happened = cause === 'silent' ? 'did not answer in time' : 'cut the conversation off';
  if (phase === 'content') {
    const reason = `${server} ${happened} in the middle of the mail, which did not arrive: ${detail}.`;
    return { kind: 'later', reason };
  }
  const smtp = `smtp of the books ${books}`;
  const fix =
    cause === 'untrusted'
      ? `Mend the server's certificate, or let ${smtp} name the server as the certificate does.`
      : `Look whether ${smtp} names the right server and port, and whether it can be reached from here.`;
  return {
    kind: 'pausing',
    reason: `${server} cannot be reached, or ${happened}: ${detail}.`,
    fix,
  };
}

function afterRefusedRecipients(
  { refused, accepted }: Failed & { readonly kind: 'recipients-refused' },
  { books, server }: Where,
): Verdict {
  const told = refused.map(({ address, reply }) => `${address} (${reply.text})`).join(', ');
  if (accepted.length > 0) {
    return {
      kind: 'rejected',
      reason: `${server} took the mail for ${accepted.join(', ')} and refused ${told}.`,
      fix: `Forward it to who did not get it, mark this posting as booked, and mend the addresses of the books ${books}. To send it again sends it to all of them.`,
    };
  }
  const reason = `${server} refused ${told}. The mail went to nobody.`;
  const ofBooks = refused.find(({ reply }) => isOfBooks(reply));
  if (ofBooks) return pausing(reason, ofBooks.reply, books);
  if (!refused.some(isForGood)) return { kind: 'later', reason };
  return {
    kind: 'rejected',
    reason,
    fix: `Mend the address under to, creditNotesTo or byShop of the books ${books}, then send this posting again.`,
  };
}

function isForGood({ reply }: RefusedRecipient): boolean {
  return reply.code >= 500 && reply.code !== BAD_SEQUENCE;
}

function isOfBooks({ code }: Reply): boolean {
  return code === NOT_AVAILABLE || LOGIN_CODES.includes(code);
}

function pausing(reason: string, { code }: Reply, books: string): Pausing {
  const fix =
    code >= 500
      ? `Mend the user or the password in smtp of the books ${books}.`
      : 'It is tried again by itself.';
  return { kind: 'pausing', reason, fix };
}

function afterRefusal(
  { step, reply }: Failed & { readonly kind: 'refused' },
  { books, server }: Where,
): Verdict {
  const refused = (what: string) => `${server} refused ${what}: ${reply.text}.`;
  if (step === 'login') return pausing(refused('the login'), reply, books);
  if (isOfBooks(reply)) return pausing(refused('to go on'), reply, books);
  switch (step) {
    case 'connection': {
      const fix = `Look whether smtp of the books ${books} names the right server and port.`;
      return { kind: 'pausing', reason: refused('the connection'), fix };
    }
    case 'sender': {
      if (reply.code === TOO_LARGE) return tooLarge(refused('the mail as too large'));
      const fix = `If this lasts, mend from of the books ${books}: it must be an address that this login may send from.`;
      return { kind: 'pausing', reason: refused('mail from this sender'), fix };
    }
    case 'content':
      if (reply.code === TOO_LARGE) return tooLarge(refused('the mail as too large'));
      if (reply.code < 500 || reply.code === BAD_SEQUENCE) {
        return { kind: 'later', reason: refused('the mail for now') };
      }
      return {
        kind: 'rejected',
        reason: refused('the mail'),
        fix: 'Look what the server objects to, often its filter for spam, and send it again; or send it by hand and mark this posting as booked.',
      };
  }
}

function tooLarge(reason: string): Verdict {
  return {
    kind: 'rejected',
    reason,
    fix: 'Let the server take larger mails, or make the files smaller (a smaller logo, one format), and send it again; or send it by hand and mark this posting as booked.',
  };
}
