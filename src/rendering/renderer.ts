import type { Document } from '../documents/document.js';
import type { Profile } from './settings.js';

/** A document as people and programs outside read it. Deterministic: same input, same bytes. */
export type Renderer = (document: Document) => Promise<Rendered>;

export type Rendered =
  | {
      readonly kind: 'rendered';
      /** In the order of the configured formats, at least one. */
      readonly files: readonly RenderedFile[];
      /** What a person should know, one sentence each: a profile that could not be met. */
      readonly notes: readonly string[];
    }
  /** No correct file can be made: the rule that fails, its figures, and what a person can do. */
  | { readonly kind: 'refused'; readonly reason: string; readonly fix: string }
  /** None can be made until a person mends what all of them need: a font, a logo. */
  | { readonly kind: 'trouble'; readonly reason: string; readonly fix: string };

export interface RenderedFile {
  /** Without a dot. */
  readonly extension: 'pdf' | 'xml';
  readonly mediaType: 'application/pdf' | 'application/xml';
  readonly content: Uint8Array;
  /** On a UBL file: the rules that it keeps to. */
  readonly profile?: Profile;
}
