/**
 * What each of our files carries in clear, so that it is told from a stranger's of the same name:
 * the key of its document, in a form that a comment of XML and a string of PDF both hold, and that
 * is not the beginning of another one.
 */
export function ownerMark(documentKey: string): string {
  const key = encodeURIComponent(documentKey)
    .replaceAll('%2F', '/')
    .replaceAll('(', '%28')
    .replaceAll(')', '%29')
    .replaceAll('--', '-%2D');
  return `orderpark:${key};`;
}
