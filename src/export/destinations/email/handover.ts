import { Readable } from 'node:stream';
import type { SMTPConnectionEnvelope } from 'nodemailer/lib/smtp-connection';

const SLICE_BYTES = 16_384;

/**
 * A mail's content, handed to nodemailer once the server has asked for it, and never where the server
 * refused one of the recipients: a mail that only some get would be neither sent nor unsent.
 *
 * nodemailer reads a message to its end before it sends the dot that ends it, and sends no dot where
 * the message fails. So as long as the end was not read, the mail has certainly not arrived.
 */
export class Handover extends Readable {
  /** `waiting`: nothing was asked for. `ended`: the dot may have been sent. */
  state: 'waiting' | 'under-way' | 'ended' = 'waiting';
  readonly #content: Buffer;
  readonly #envelope: SMTPConnectionEnvelope;
  #sentBytes = 0;

  /** nodemailer writes down in `envelope` who was refused, before it asks for the content. */
  constructor(content: Buffer, envelope: SMTPConnectionEnvelope) {
    super({ highWaterMark: SLICE_BYTES });
    this.#content = content;
    this.#envelope = envelope;
  }

  override _read(): void {
    if (this.#envelope.rejected.length > 0) {
      this.destroy(new Error('some recipients were refused'));
      return;
    }
    this.state = 'under-way';
    if (this.#sentBytes < this.#content.length) this.#pushSlice();
    // What the server said meanwhile, such as that it hangs up, is heard before the end is handed over.
    else setImmediate(() => this.#end());
  }

  #pushSlice(): void {
    const slice = this.#content.subarray(this.#sentBytes, this.#sentBytes + SLICE_BYTES);
    this.#sentBytes += slice.length;
    this.push(slice);
  }

  #end(): void {
    if (this.destroyed) return;
    this.state = 'ended';
    this.push(null);
  }
}
