/**
 * What each of our files carries in clear, so that it is told from a stranger's of the same name:
 * the key of its document, in a form that a comment of XML and a string of PDF both hold.
 */
export function ownerMark(documentKey: string): string {
  return `orderpark:${encodeURIComponent(documentKey).replace(/%2F/g, '/').replace(/-/g, '%2D')};`;
}
