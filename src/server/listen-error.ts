/** The server could not begin to listen. */
export class ListenError extends Error {
  override readonly name = 'ListenError';
  constructor(
    message: string,
    /** What a person can do. */
    readonly fix: string,
  ) {
    super(message);
  }
}
