import type { Document } from '../../../documents/document.js';
import type { Clock } from '../../../orders/time.js';
import type { Renderer } from '../../../rendering/renderer.js';
import { smtpHostOf } from '../../../runtime/smtp.js';
import type {
  BundleItem,
  Bundling,
  Destination,
  Finding,
  Lookup,
  Outcome,
  PreparedBundle,
} from '../../destination.js';
import { unrenderedOutcome } from '../../unrendered.js';
import { checkEmail } from './check.js';
import { deliver, type Limits } from './deliver.js';
import { digestMoments, roomOf, sizeOf } from './digest.js';
import { composeMail, type Enclosed } from './mail.js';
import { isTooLarge, outcomeOf } from './outcome.js';
import { recipientsOf } from './recipients.js';
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

/** After this no further document is made for a digest: what is left of an attempt is for sending it. */
const RENDERING_MS = 10_000;

/** Books to which documents go by mail: to an accountant, or to a program's address for scans. */
export function createEmail(settings: EmailSettings, deps: EmailDeps): Destination {
  return new Email(settings, deps);
}

class Email implements Destination {
  readonly kind = 'email';
  readonly can;
  readonly id: string;
  readonly bundle: Bundling | undefined;
  readonly #settings: EmailSettings;
  readonly #deps: EmailDeps;
  readonly #limits: Limits;

  constructor(settings: EmailSettings, deps: EmailDeps) {
    const { id, digestAt, zone, whenUncertain } = settings;
    this.id = id;
    this.can = {
      searchByReference: false,
      mayRepeat: whenUncertain === 'send-again',
      attachments: true,
      creditNotes: true,
    };
    this.#settings = settings;
    this.#deps = deps;
    this.#limits = deps.limits ?? LIMITS;
    this.bundle =
      digestAt === undefined
        ? undefined
        : {
            ...digestMoments(digestAt, zone),
            groupOf: (document) => JSON.stringify(recipientsOf(settings, document)),
            prepare: (items, signal) => this.#prepare(items, signal),
          };
  }

  async post(document: Document, reference: string, signal: AbortSignal): Promise<Outcome> {
    const rendered = await this.#render({ document, reference });
    if (!('files' in rendered)) return rendered;
    const { outcome } = await this.#send([rendered], signal);
    return outcome;
  }

  async find(): Promise<Lookup> {
    return { kind: 'unknown', reason: 'What was mailed cannot be searched.' };
  }

  check(signal: AbortSignal): Promise<readonly Finding[]> {
    return checkEmail(this.#settings, this.#limits, signal);
  }

  async #prepare(items: readonly BundleItem[], signal: AbortSignal): Promise<PreparedBundle> {
    const aside = new Map<BundleItem, Outcome>();
    const inIt = new Map<BundleItem, Enclosed>();
    let roomBytes = roomOf(this.#settings.largestMegabytes);
    const startedAt = this.#deps.clock.now();
    for (const item of items) {
      const isLate = this.#deps.clock.now() - startedAt > RENDERING_MS;
      if (inIt.size > 0 && (isLate || signal.aborted)) break;
      const rendered = await this.#render(item);
      if (!('files' in rendered)) {
        aside.set(item, rendered);
        continue;
      }
      roomBytes -= sizeOf(rendered);
      if (inIt.size > 0 && roomBytes < 0) break;
      inIt.set(item, rendered);
    }
    const enclosed = [...inIt.values()];
    return {
      items: [...inIt.keys()],
      aside,
      send: async (aborted) => {
        const { outcome, count } = await this.#send(enclosed, aborted);
        return enclosed.map((_, index) => (index < count ? outcome : { kind: 'unattempted' }));
      },
    };
  }

  async #render({ document, reference }: BundleItem): Promise<Enclosed | Outcome> {
    try {
      const rendered = await this.#deps.render(document);
      return rendered.kind === 'rendered'
        ? { document, reference, files: rendered.files, notes: rendered.notes }
        : unrenderedOutcome(rendered);
    } catch (error) {
      return notMade(error);
    }
  }

  /** Sends one mail of the first `count` of them: of all, unless the server takes no mail so large. */
  async #send(
    enclosed: readonly Enclosed[],
    signal: AbortSignal,
  ): Promise<{ readonly outcome: Outcome; readonly count: number }> {
    const { clock, seller } = this.#deps;
    const { id, smtp } = this.#settings;
    const count = enclosed.length;
    try {
      const mail = await composeMail(this.#settings, enclosed, { seller, atMs: clock.now() });
      const end = await deliver(smtp, mail, this.#limits, signal);
      if (end.kind === 'accepted') {
        return { outcome: { kind: 'booked', ref: mail.messageId }, count };
      }
      if (isTooLarge(end) && count > 1) {
        return await this.#send(enclosed.slice(0, Math.ceil(count / 2)), signal);
      }
      return { outcome: outcomeOf(end, { books: id, server: smtpHostOf(smtp) }), count };
    } catch (error) {
      return { outcome: notMade(error), count };
    }
  }
}

/** Sending itself never throws: nothing was sent. */
function notMade(error: unknown): Outcome {
  const detail = error instanceof Error ? error.message : String(error);
  return { kind: 'retry', scope: 'document', reason: `The mail cannot be made: ${detail}` };
}
