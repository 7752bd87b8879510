import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { XmlComment, XmlElement, XmlText, type XmlTreeNode } from 'libxml2-wasm';
import type { Level } from '../finding.js';
import { withXml } from '../xml.js';
import type { Check, MessagePart, Pattern, Rule, Schema, Variable } from './model.js';

const SCHEMATRON = 'http://purl.oclc.org/dsdl/schematron';

/** A schema, and the path that its includes are relative to. */
export interface SchematronFile {
  readonly path: string;
  readonly text: string;
}

/**
 * Reads a schema and what it includes. What this reader does not know makes it stop, so that no rule
 * is ever left out in silence: abstract patterns and rules, `extends` and functions are of that kind,
 * since none of the official rule sets for UBL has them.
 *
 * Variables of a pattern hold for the whole schema, as in the implementation that the rule sets are
 * written for: XRechnung keeps a pattern for nothing else.
 *
 * @throws {Error} where it meets something that it does not know
 */
export function readSchema(file: SchematronFile): Schema {
  const namespaces = new Map<string, string>();
  const variables: Variable[] = [];
  const patterns: Pattern[] = [];
  withXml(file.text, ({ root }) => {
    if (nameOf(root) !== 'schema' || attribute(root, 'queryBinding') !== 'xslt2') {
      throw new Error(`${file.path} is no Schematron schema for XSLT 2`);
    }
    forEachChild(root, file.path, (child, path) => {
      switch (nameOf(child)) {
        case 'title':
        case 'phase': // every pattern is active
          break;
        case 'ns':
          namespaces.set(attribute(child, 'prefix'), attribute(child, 'uri'));
          break;
        case 'let':
          variables.push(readVariable(child));
          break;
        case 'pattern':
          patterns.push(readPattern(child, path, variables));
          break;
        default:
          unknown(child, path);
      }
    });
  });
  return { namespaces, variables, patterns };
}

function readPattern(pattern: XmlElement, file: string, variables: Variable[]): Pattern {
  if (optional(pattern, 'abstract') === 'true' || optional(pattern, 'is-a')) unknown(pattern, file);
  const rules: Rule[] = [];
  forEachChild(pattern, file, (child, path) => {
    const name = nameOf(child);
    if (name === 'let') variables.push(readVariable(child));
    else if (name === 'rule') rules.push(readRule(child, path));
    else unknown(child, path);
  });
  return { rules };
}

function readRule(rule: XmlElement, file: string): Rule {
  if (optional(rule, 'abstract') === 'true') unknown(rule, file);
  const body: (Variable | Check)[] = [];
  forEachChild(rule, file, (child, path) => {
    const name = nameOf(child);
    if (name === 'let') body.push(readVariable(child));
    else if (name === 'assert' || name === 'report') body.push(readCheck(name, child, rule, path));
    else unknown(child, path);
  });
  return { context: attribute(rule, 'context'), body };
}

function readVariable(element: XmlElement): Variable {
  return {
    kind: 'variable',
    name: attribute(element, 'name'),
    select: attribute(element, 'value'),
  };
}

function readCheck(
  kind: Check['kind'],
  element: XmlElement,
  rule: XmlElement,
  file: string,
): Check {
  return {
    kind,
    id: attribute(element, 'id'),
    level: levelOf([element, rule]),
    test: attribute(element, 'test'),
    message: readMessage(element, file),
  };
}

/** A rule that does not say how bad its breach is, is fatal. */
function levelOf(elements: readonly XmlElement[]): Level {
  const word = elements.flatMap((one) => optional(one, 'flag') ?? optional(one, 'role') ?? [])[0];
  switch (word) {
    case undefined:
    case 'fatal':
    case 'error':
      return 'fatal';
    case 'warning':
    case 'information':
      return 'warning';
    default:
      throw new Error(`Unknown level ${word}`);
  }
}

function readMessage(element: XmlElement, file: string): MessagePart[] {
  return [...nodesOf(element)].map((node) => {
    if (node instanceof XmlText) return { kind: 'text', text: node.content };
    if (!(node instanceof XmlElement)) throw new Error(`Unknown node in a message of ${file}`);
    switch (nameOf(node)) {
      case 'name':
        return { kind: 'value', select: `name(${optional(node, 'path') ?? '.'})` };
      case 'value-of':
        return { kind: 'value', select: attribute(node, 'select') };
      default:
        return unknown(node, file);
    }
  });
}

/** Hands over the elements below, and in place of an `include` the root of the file that it names. */
function forEachChild(
  parent: XmlElement,
  file: string,
  read: (child: XmlElement, file: string) => void,
): void {
  for (const node of nodesOf(parent)) {
    if (!(node instanceof XmlElement)) continue;
    if (nameOf(node) === 'include') {
      const path = resolve(dirname(file), attribute(node, 'href'));
      withXml(readFileSync(path, 'utf8'), ({ root }) => read(root, path));
    } else read(node, file);
  }
}

function* nodesOf(element: XmlElement): Generator<XmlTreeNode> {
  for (let node = element.firstChild; node !== null; node = node.next) {
    if (!(node instanceof XmlComment)) yield node;
  }
}

/** The element's name where it is one of Schematron's, else a name that no case has. */
function nameOf(element: XmlElement): string {
  const { name, namespaceUri } = element;
  return namespaceUri === SCHEMATRON ? name : `{${namespaceUri}}${name}`;
}

function attribute(element: XmlElement, name: string): string {
  const value = optional(element, name);
  if (value !== undefined) return value;
  throw new Error(`<${element.name}> has no ${name} on line ${element.line}`);
}

function optional(element: XmlElement, name: string): string | undefined {
  return element.attr(name)?.value;
}

function unknown(element: XmlElement, file: string): never {
  const place = `line ${element.line} of ${file}`;
  throw new Error(
    `The Schematron compiler does not know this use of <${nameOf(element)}>: ${place}`,
  );
}
