import { XmlDocument, XmlElement, XmlParseError } from 'libxml2-wasm';

/** Parses `xml`, hands it to `use`, and frees it: its memory belongs to WebAssembly. */
export function withXml<T>(xml: string, use: (document: XmlDocument) => T): T {
  const document = XmlDocument.fromString(xml);
  try {
    return use(document);
  } finally {
    document.dispose();
  }
}

/** Undefined where `xml` is well-formed, else what the parser has against it. */
export function whyNotXml(xml: string): string | undefined {
  try {
    return withXml(xml, () => undefined);
  } catch (error) {
    if (error instanceof XmlParseError) return error.message.trim();
    throw error;
  }
}

export function childElements(element: XmlElement): XmlElement[] {
  const children: XmlElement[] = [];
  for (let node = element.firstChild; node !== null; node = node.next) {
    if (node instanceof XmlElement) children.push(node);
  }
  return children;
}
