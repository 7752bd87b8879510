/** What one official rule has to say against a document. */
export interface Finding {
  /** The rule's own id, as `BR-CO-10`; `XSD` for the schema. */
  readonly rule: string;
  /** `fatal`: a receiver refuses the document. */
  readonly level: Level;
  readonly message: string;
  /** The line, or the path of the element in the document. */
  readonly where: string;
}

export type Level = 'fatal' | 'warning';
