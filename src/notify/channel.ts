import type { News } from './book.js';

/** What is sent at once. */
export interface Message extends News {
  /** The same for the same news, so that whoever gets it twice can tell. */
  readonly id: string;
  /** Milliseconds since the epoch. */
  readonly atMs: number;
}

/** A way in which people are told. */
export interface Channel {
  /** Unique, and kept in the store: a renamed channel tells all once more. */
  readonly name: string;
  /** Resolves once the message was taken over. Throws a ChannelError. */
  send(message: Message, signal: AbortSignal): Promise<void>;
}

/** Carries no address with a key in it, no password and no signature (rule 11). */
export class ChannelError extends Error {
  override readonly name = 'ChannelError';
  constructor(
    message: string,
    /** What a person can do. */
    readonly fix: string,
  ) {
    super(message);
  }
}
