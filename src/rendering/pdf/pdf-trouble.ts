/** A file that the owner named for PDFs cannot be used. */
export class PdfTrouble extends Error {
  override readonly name = 'PdfTrouble';

  constructor(
    message: string,
    /** What to do, naming the key of the config. */
    readonly fix: string,
  ) {
    super(message);
  }
}
