import type { NodemailerError } from 'nodemailer/lib/errors';
import SMTPConnection, { type SMTPConnectionEnvelope } from 'nodemailer/lib/smtp-connection';
import { redactText } from '../../../runtime/redact.js';
import { smtpSecretsOf, smtpServerOf } from '../../../runtime/smtp.js';
import { plainText } from '../../plain-text.js';
import type { DeliveryEnd, Phase, RefusedRecipient, Reply } from './delivery.js';
import { Handover } from './handover.js';
import type { Mail } from './mail.js';
import { TOO_LARGE } from './outcome.js';

/** How long a server is waited for. */
export interface Limits {
  /** To connect, and to greet. */
  readonly greetingMs: number;
  /** For all of one attempt. */
  readonly attemptMs: number;
}

const MAX_TEXT_LENGTH = 300;

/** Whatever takes a mail that it has not seen to its end may do anything with it. */
const ANSWERED_TOO_EARLY: DeliveryEnd = {
  kind: 'broken',
  phase: 'answer',
  cause: 'lost',
  detail: 'it answered before the mail had ended',
};

/** Sends one mail, once. Never throws, and leaves no connection behind. */
export async function deliver(
  smtp: string,
  mail: Pick<Mail, 'from' | 'to' | 'content'>,
  limits: Limits,
  signal: AbortSignal,
): Promise<DeliveryEnd> {
  const session = new Session(smtp, limits, signal);
  try {
    await session.open();
    const end = await session.send(mail);
    if (end.kind === 'accepted') session.sayGoodbye();
    return end;
  } catch (error) {
    return session.endOf(error);
  } finally {
    session.close();
  }
}

/** Connects, logs in where both sides know of a login, and sends nothing. */
export async function tryOut(
  smtp: string,
  limits: Limits,
  signal: AbortSignal,
): Promise<Exclude<DeliveryEnd, { kind: 'accepted' }> | { kind: 'open'; isLoggedIn: boolean }> {
  const session = new Session(smtp, limits, signal);
  try {
    const isLoggedIn = await session.open();
    session.sayGoodbye();
    return { kind: 'open', isLoggedIn };
  } catch (error) {
    return session.endOf(error);
  } finally {
    session.close();
  }
}

/** One connection for one mail. nodemailer calls back; here that is awaited, and the phase known. */
class Session {
  readonly #server;
  readonly #secrets;
  readonly #connection: SMTPConnection;
  readonly #stop: AbortSignal;
  readonly #timer: NodeJS.Timeout;
  /** Rejects where the connection breaks, or there is no more time. */
  readonly #broken: Promise<never>;
  #breakOff: (reason: Error) => void = () => undefined;
  readonly #onStop = () => this.#breakOff(new Error('orderpark stops'));
  #isTooLate = false;
  #phase: Phase = 'connecting';
  #handover: Handover | undefined;
  readonly #envelope: SMTPConnectionEnvelope = {
    rcptQueue: [],
    rejected: [],
    rejectedErrors: [],
    accepted: [],
  };

  constructor(smtp: string, { greetingMs, attemptMs }: Limits, stop: AbortSignal) {
    this.#server = smtpServerOf(smtp);
    this.#secrets = smtpSecretsOf(smtp);
    this.#connection = new SMTPConnection({
      connectionTimeout: greetingMs,
      greetingTimeout: greetingMs,
      dnsTimeout: greetingMs,
      socketTimeout: attemptMs,
      ...this.#server,
    });
    this.#broken = new Promise((_, reject) => {
      this.#breakOff = reject;
    });
    this.#broken.catch(() => undefined); // whatever is under way hears of it
    this.#connection.on('error', this.#breakOff);
    this.#stop = stop;
    stop.addEventListener('abort', this.#onStop);
    if (stop.aborted) this.#onStop();
    this.#timer = setTimeout(() => {
      this.#isTooLate = true;
      this.#breakOff(new Error(`no answer within ${attemptMs / 1000} s`));
    }, attemptMs);
  }

  /** Whether it has logged in: it does where we have a login and the server takes one. */
  async open(): Promise<boolean> {
    await this.#step((done) => this.#connection.connect(done));
    const { auth } = this.#server;
    if (!auth || !this.#connection.allowsAuth) return false;
    this.#phase = 'login';
    await this.#step((done) => this.#connection.login(auth, done));
    return true;
  }

  async send({ from, to, content }: Pick<Mail, 'from' | 'to' | 'content'>): Promise<DeliveryEnd> {
    this.#phase = 'envelope';
    const envelope = Object.assign(this.#envelope, { from, to: [...to], size: content.length });
    const handover = new Handover(content, envelope);
    this.#handover = handover;
    await this.#step((done) => this.#connection.send(envelope, handover, done));
    if (handover.state !== 'ended') return ANSWERED_TOO_EARLY;
    return this.#recipientsRefused(envelope.accepted) ?? { kind: 'accepted' };
  }

  /** What an error of one of the others means. */
  endOf(error: unknown): Exclude<DeliveryEnd, { kind: 'accepted' }> {
    const phase = this.#currentPhase();
    const told: NodemailerError = error instanceof Error ? error : new Error(String(error));
    const refused = this.#refused(told, phase);
    // Where the sender is refused, commands that were sent ahead are too.
    const isSender = refused?.step === 'sender';
    const recipients = phase === 'envelope' && !isSender ? this.#recipientsRefused([]) : undefined;
    return recipients ?? refused ?? this.#brokenBy(told, phase);
  }

  /** The server need not answer: what it says to this changes nothing any more. */
  sayGoodbye(): void {
    this.#connection.quit();
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#stop.removeEventListener('abort', this.#onStop);
    this.#connection.close();
  }

  #step(run: (done: (error?: Error | null) => void) => void): Promise<void> {
    const done = new Promise<void>((resolve, reject) => {
      if (this.#stop.aborted) return; // it is broken already
      run((error) => (error ? reject(error) : resolve()));
    });
    return Promise.race([this.#broken, done]);
  }

  #currentPhase(): Phase {
    switch (this.#handover?.state) {
      case 'under-way':
        return 'content';
      case 'ended':
        return 'answer';
      case 'waiting':
      case undefined:
        return this.#phase;
    }
  }

  #recipientsRefused(accepted: readonly string[]) {
    const refused = this.#envelope.rejectedErrors.map(
      (error): RefusedRecipient => ({
        address: plainText(error.recipient ?? '', MAX_TEXT_LENGTH),
        reply: this.#replyIn(error) ?? { code: 0, text: this.#shown(error.message) },
      }),
    );
    return refused.length === 0
      ? undefined
      : ({ kind: 'recipients-refused', refused, accepted } as const);
  }

  /** A clear no. What stands in for an answer where there was none, or belongs to none, is not. */
  #refused(error: NodemailerError, phase: Phase) {
    const reply = this.#replyIn(error);
    const step = refusedStep(error, phase);
    if (!step) return undefined;
    if (reply) return { kind: 'refused', step, reply } as const;
    // The server said before how large a mail may be.
    const isTooLarge = step === 'sender' && error.code === 'EMESSAGE';
    const text = this.#shown(error.message);
    return isTooLarge
      ? ({ kind: 'refused', step, reply: { code: TOO_LARGE, text } } as const)
      : undefined;
  }

  #brokenBy(error: NodemailerError, phase: Phase) {
    const detail = this.#shown(error.message);
    return { kind: 'broken', phase, cause: this.#causeOf(error), detail } as const;
  }

  #causeOf(error: NodemailerError) {
    if (this.#stop.aborted) return 'stopped';
    if (this.#isTooLate || error.code === 'ETIMEDOUT') return 'silent';
    const codes = `${error.code} ${'originalCode' in error ? error.originalCode : ''}`;
    return /TLS|SSL|CERT|VERIFY/.test(codes) ? 'untrusted' : 'lost';
  }

  #replyIn({ response, responseCode = 0 }: NodemailerError): Reply | undefined {
    const isNo = responseCode >= 400 && responseCode < 600;
    return isNo ? { code: responseCode, text: this.#shown(response ?? '') } : undefined;
  }

  #shown(text: string): string {
    return plainText(redactText(text, this.#secrets), MAX_TEXT_LENGTH).replace(/\.$/, '');
  }
}

/** Which of our steps the error is an answer to; undefined where it answers none. */
function refusedStep({ code, command }: NodemailerError, phase: Phase) {
  switch (phase) {
    case 'connecting':
      return 'connection';
    case 'login':
      return code === 'EAUTH' ? 'login' : undefined;
    case 'envelope':
      if (command === 'MAIL FROM') return 'sender';
      return command === 'DATA' ? 'content' : undefined;
    case 'content':
    case 'answer':
      return code === 'EMESSAGE' && command === 'DATA' ? 'content' : undefined;
  }
}
