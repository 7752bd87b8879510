import { XmlDocument } from 'libxml2-wasm';

/** Parses `xml`, hands it to `use`, and frees it: its memory belongs to WebAssembly. */
export function withXml<T>(xml: string, use: (document: XmlDocument) => T): T {
  const document = XmlDocument.fromString(xml);
  try {
    return use(document);
  } finally {
    document.dispose();
  }
}
