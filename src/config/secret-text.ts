/** Secret files were read before, so what is left of `{ file: … }` is a mistake of ours. */
export function secretText(secret: string | { readonly file: string }): string {
  if (typeof secret !== 'string') throw new TypeError('a secret file was not read');
  return secret;
}
