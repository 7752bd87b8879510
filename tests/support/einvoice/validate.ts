import type { Finding } from './finding.js';
import { findingsOfPeppol } from './peppol.js';
import { type RuleSet, ruleSet } from './rule-sets.js';
import { withXml } from './xml.js';
import { findingsOfXsd } from './xsd.js';

/** What a document may claim to be: the plain European standard, or one of the profiles upon it. */
export type UblProfile = 'en16931' | 'nlcius' | 'xrechnung' | 'peppol';

/** The official rules by which a document of each profile is judged. */
const RULE_SETS: Readonly<Record<UblProfile, readonly RuleSet[]>> = {
  en16931: ['en16931'],
  nlcius: ['en16931', 'nlcius'],
  xrechnung: ['en16931', 'xrechnung'],
  peppol: ['en16931'],
};

/** Their rules are silent about a document whose CustomizationID does not begin with this. */
const CLAIMS: Partial<Record<UblProfile, string>> = {
  nlcius: 'urn:cen.eu:en16931:2017#compliant#urn:fdc:nen.nl:nlcius:v1.0',
  xrechnung: 'urn:cen.eu:en16931:2017#compliant#urn:xeinkauf.de:kosit:xrechnung_3.0',
};

/**
 * All that the official rules have against an invoice or credit note in UBL 2.1 as a document of that
 * profile: the schema, the rules of EN 16931, and those of the profile. What the schema refuses is not
 * judged further, since the rules suppose a document that it accepts.
 *
 * Wants `prepareUblRules` in `beforeAll`, since the rules must be compiled where that was not done yet.
 */
export async function validateUbl(xml: string, profile: UblProfile): Promise<readonly Finding[]> {
  const ofXsd = findingsOfXsd(xml);
  if (ofXsd.length > 0) return ofXsd;
  const judges = await Promise.all(RULE_SETS[profile].map(ruleSet));
  return [
    ...findingsOfClaim(xml, profile),
    ...judges.flatMap((judge) => judge(xml)),
    ...(profile === 'peppol' ? findingsOfPeppol(xml) : []),
  ];
}

/**
 * Gets ready to judge by these profiles. Where the rules have not been compiled before, that takes a
 * minute on two cores: give `beforeAll` ten.
 */
export async function prepareUblRules(profiles: readonly UblProfile[]): Promise<void> {
  for (const name of new Set(profiles.flatMap((profile) => RULE_SETS[profile]))) {
    await ruleSet(name);
  }
}

function findingsOfClaim(xml: string, profile: UblProfile): readonly Finding[] {
  const claim = CLAIMS[profile];
  const path = '/*/*[local-name() = "CustomizationID"]';
  const claimed = withXml(xml, (document) => document.get(path)?.content ?? '');
  if (claim === undefined || claimed.startsWith(claim)) return [];
  const message = `CustomizationID is "${claimed}", and for ${profile} must be "${claim}"`;
  return [{ rule: 'CustomizationID', level: 'fatal', message, where: path }];
}
