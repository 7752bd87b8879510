import type { Finding } from './finding.js';
import { findingsOfAmounts } from './peppol/amounts.js';
import { breachesOf } from './peppol/breach.js';
import { GENERAL_RULES } from './peppol/general.js';
import { GERMAN_RULES } from './peppol/germany.js';
import { findingsOfIdentifiers } from './peppol/identifiers.js';
import { DUTCH_RULES } from './peppol/netherlands.js';
import { withXml } from './xml.js';

/**
 * What Peppol BIS Billing 3.0 wants beyond EN 16931, as far as it matters for what we write. Its own
 * rule set may not be passed on; these are our own assertions, written after what its documentation
 * says that each rule is for, under the same ids. The document must be one that the XSD accepts.
 *
 * Left out: what the XSD and EN 16931 hold already (code lists, dates), rules about attachments and
 * objects of lines, and the rules of other countries than the Netherlands and Germany.
 */
export function findingsOfPeppol(xml: string): readonly Finding[] {
  return withXml(xml, ({ root }) => [
    ...breachesOf(root, [...GENERAL_RULES, ...DUTCH_RULES, ...GERMAN_RULES]),
    ...findingsOfAmounts(root),
    ...findingsOfIdentifiers(root),
  ]);
}
