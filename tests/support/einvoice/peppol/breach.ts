import { XmlAttribute, type XmlElement, type XmlNode } from 'libxml2-wasm';
import type { Finding } from '../finding.js';

/** A rule whose path selects the nodes that break it. */
export interface PathRule {
  readonly rule: string;
  /** XPath 1.0, with the prefixes cac, cbc, cn and ubl. */
  readonly breach: string;
  /** What is wanted. */
  readonly message: string;
}

const UBL = 'urn:oasis:names:specification:ubl:schema:xsd:';
const NAMESPACES = {
  cac: `${UBL}CommonAggregateComponents-2`,
  cbc: `${UBL}CommonBasicComponents-2`,
  cn: `${UBL}CreditNote-2`,
  ubl: `${UBL}Invoice-2`,
};

export function breachesOf(root: XmlElement, rules: readonly PathRule[]): Finding[] {
  return rules.flatMap(({ rule, breach, message }) =>
    select(root, breach).map((node) => breachAt(node, rule, message)),
  );
}

export function breachAt(node: XmlNode, rule: string, message: string): Finding {
  return { rule, level: 'fatal', message, where: pathOf(node) };
}

export function select(from: XmlNode, path: string): XmlNode[] {
  return from.find(path, NAMESPACES);
}

/** The text of the first node that the path selects, without the white space around it. */
export function textAt(from: XmlNode, path: string): string | undefined {
  return from.get(path, NAMESPACES)?.content.trim();
}

function pathOf(node: XmlNode): string {
  const steps = node.find('ancestor-or-self::*').map((one) => `/${one.eval('name()')}`);
  return (
    steps.join('') + (node instanceof XmlAttribute ? `/@${node.name}` : ` (line ${node.line})`)
  );
}
