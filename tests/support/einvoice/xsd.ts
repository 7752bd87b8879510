import { readFileSync } from 'node:fs';
import { XmlDocument, XmlParseError, XmlValidateError, XsdValidator } from 'libxml2-wasm';
import { xmlRegisterFsInputProviders } from 'libxml2-wasm/lib/nodejs.mjs';
import type { Finding } from './finding.js';
import { specPath } from './specs.js';
import { withXml } from './xml.js';

const SCHEMAS = new Map([
  ['urn:oasis:names:specification:ubl:schema:xsd:Invoice-2', 'UBL-Invoice-2.1.xsd'],
  ['urn:oasis:names:specification:ubl:schema:xsd:CreditNote-2', 'UBL-CreditNote-2.1.xsd'],
]);

/** Each is loaded once a process: that takes half a second. They are never freed. */
const loaded = new Map<string, Schema>();

interface Schema {
  readonly validator: XsdValidator;
  /** The compiled schema points into the document that it was made from. */
  readonly source: XmlDocument;
}

/** What the official schema of UBL 2.1 has against an invoice or a credit note. */
export function findingsOfXsd(xml: string): readonly Finding[] {
  try {
    return withXml(xml, (document) => {
      const file = SCHEMAS.get(document.root.namespaceUri);
      if (file === undefined) {
        const root = `{${document.root.namespaceUri}}${document.root.name}`;
        return [finding(`${root} is neither an Invoice nor a CreditNote of UBL`, 1)];
      }
      schemaIn(file).validator.validate(document);
      return [];
    });
  } catch (error) {
    if (!(error instanceof XmlValidateError || error instanceof XmlParseError)) throw error;
    return error.details.map(({ message, line }) => finding(message.trim(), line));
  }
}

function schemaIn(file: string): Schema {
  const known = loaded.get(file);
  if (known !== undefined) return known;
  // Without these, what the schema includes and imports is not found.
  xmlRegisterFsInputProviders();
  const path = specPath(`ubl-2.1-xsd/maindoc/${file}`);
  const source = XmlDocument.fromBuffer(readFileSync(path), { url: path });
  const schema = { source, validator: XsdValidator.fromDoc(source) };
  loaded.set(file, schema);
  return schema;
}

function finding(message: string, line: number): Finding {
  return { rule: 'XSD', level: 'fatal', message, where: `line ${line}` };
}
