import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { SchematronFile } from './schematron/read.js';
import { loadSchematron, type Schematron } from './schematron.js';
import { specPath } from './specs.js';

export type RuleSet = 'en16931' | 'nlcius' | 'xrechnung';

/** Each is loaded once a process. */
const loaded = new Map<RuleSet, Promise<Schematron>>();

/** The official Schematron rules of that name, for UBL. */
export function ruleSet(name: RuleSet): Promise<Schematron> {
  const known = loaded.get(name) ?? loadSchematron(sourceOf(name));
  loaded.set(name, known);
  return known;
}

function sourceOf(name: RuleSet): SchematronFile {
  switch (name) {
    case 'en16931':
      return fileAt('en16931/EN16931-UBL-validation-preprocessed.sch');
    case 'nlcius':
      return aroundPattern(specPath('nlcius/si-ubl-2.0-nlcius.sch'));
    case 'xrechnung':
      return withExactIban(fileAt('xrechnung/ubl/XRechnung-UBL-validation.sch'));
  }
}

function fileAt(name: string): SchematronFile {
  const path = specPath(name);
  return { path, text: readFileSync(path, 'utf8') };
}

/**
 * BR-DE-19 makes an integer of an IBAN, and saxon-js keeps integers in 53 bits: it would warn of every
 * IBAN. Its decimals are exact.
 */
function withExactIban({ path, text }: SchematronFile): SchematronFile {
  return { path, text: text.replace('xs:integer(string-join(', 'xs:decimal(string-join(') };
}

/** NLCIUS comes as a pattern only; its prefixes are those of the rules of EN 16931. */
function aroundPattern(path: string): SchematronFile {
  const ubl = 'urn:oasis:names:specification:ubl:schema:xsd:';
  return {
    path,
    text: `<schema xmlns="http://purl.oclc.org/dsdl/schematron" queryBinding="xslt2">
<ns prefix="cac" uri="${ubl}CommonAggregateComponents-2"/>
<ns prefix="cbc" uri="${ubl}CommonBasicComponents-2"/>
<ns prefix="cn" uri="${ubl}CreditNote-2"/>
<ns prefix="ubl" uri="${ubl}Invoice-2"/>
<ns prefix="xs" uri="http://www.w3.org/2001/XMLSchema"/>
<include href="${basename(path)}"/>
</schema>`,
  };
}
