/** No correct document can be made without a person. Thrown and caught within documents only. */
export class Unbookable extends Error {
  constructor(
    message: string,
    /** What would release the order, naming the line of the config where there is one. */
    readonly fix: string,
  ) {
    super(message);
  }
}
