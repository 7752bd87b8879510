import type { Document } from '../../../documents/document.js';
import type { Clock } from '../../../orders/time.js';
import type { Renderer } from '../../../rendering/renderer.js';
import { smtpHostOf } from '../../../runtime/smtp.js';
import type { Destination, Finding, Lookup, Outcome } from '../../destination.js';
import { unrenderedOutcome } from '../../unrendered.js';
import { checkEmail } from './check.js';
import { deliver, type Limits } from './deliver.js';
import { composeMail, type Enclosed } from './mail.js';
import { outcomeOf } from './outcome.js';
import type { EmailSettings } from './settings.js';
import type { Subjects } from './template.js';

export interface EmailDeps {
  readonly render: Renderer;
  readonly clock: Clock;
  readonly seller: Subjects['seller'];
  /** Default: what keeps an attempt within the time that the worker gives it. */
  readonly limits?: Limits;
}

/** Some servers let a client wait for their greeting on purpose. */
const LIMITS: Limits = { greetingMs: 30_000, attemptMs: 50_000 };

/** Books to which documents go by mail: to an accountant, or to a program's address for scans. */
export function createEmail(settings: EmailSettings, deps: EmailDeps): Destination {
  return new Email(settings, deps);
}

class Email implements Destination {
  readonly kind = 'email';
  readonly can;
  readonly id: string;
  readonly #settings: EmailSettings;
  readonly #deps: EmailDeps;
  readonly #limits: Limits;

  constructor(settings: EmailSettings, deps: EmailDeps) {
    this.id = settings.id;
    this.can = {
      searchByReference: false,
      mayRepeat: settings.whenUncertain === 'send-again',
      attachments: true,
      creditNotes: true,
    };
    this.#settings = settings;
    this.#deps = deps;
    this.#limits = deps.limits ?? LIMITS;
  }

  async post(document: Document, reference: string, signal: AbortSignal): Promise<Outcome> {
    try {
      const rendered = await this.#render(document, reference);
      return 'files' in rendered ? await this.#send([rendered], signal) : rendered;
    } catch (error) {
      return notMade(error);
    }
  }

  async find(): Promise<Lookup> {
    return { kind: 'unknown', reason: 'What was mailed cannot be searched.' };
  }

  check(signal: AbortSignal): Promise<readonly Finding[]> {
    return checkEmail(this.#settings, this.#limits, signal);
  }

  async #render(document: Document, reference: string): Promise<Enclosed | Outcome> {
    const rendered = await this.#deps.render(document);
    return rendered.kind === 'rendered'
      ? { document, reference, files: rendered.files, notes: rendered.notes }
      : unrenderedOutcome(rendered);
  }

  async #send(enclosed: readonly Enclosed[], signal: AbortSignal): Promise<Outcome> {
    const { clock, seller } = this.#deps;
    const { id, smtp } = this.#settings;
    const mail = await composeMail(this.#settings, enclosed, { seller, atMs: clock.now() });
    const end = await deliver(smtp, mail, this.#limits, signal);
    return end.kind === 'accepted'
      ? { kind: 'booked', ref: mail.messageId }
      : outcomeOf(end, { books: id, server: smtpHostOf(smtp) });
  }
}

/** Sending itself never throws: nothing was sent. */
function notMade(error: unknown): Outcome {
  const detail = error instanceof Error ? error.message : String(error);
  return { kind: 'retry', scope: 'document', reason: `The mail cannot be made: ${detail}` };
}
