/** As much of saxon-js, which brings no types of its own, as is used here. */
declare module 'saxon-js' {
  interface Options {
    /** A compiled stylesheet: the JSON of its export file, parsed. */
    readonly stylesheetInternal: unknown;
    /** The document, as text. */
    readonly sourceText: string;
    readonly destination: 'serialized';
  }

  const SaxonJS: {
    transform(options: Options, execution: 'sync'): { readonly principalResult: string };
  };
  export default SaxonJS;
}
