import type { Document } from '../../documents/document.js';
import type { Profile, ProfileRule, RenderSettings } from '../settings.js';
import type { Breach } from './breach.js';
import { buildEInvoice } from './build.js';
import { preflight } from './preflight.js';
import { profileBreaches } from './profile-needs.js';
import { PROFILE_NAMES } from './profiles.js';
import { writeXml } from './write-xml.js';

export type UblResult =
  | {
      readonly kind: 'written';
      readonly xml: string;
      readonly profile: Profile;
      /** Why the profile that was asked for could not be met. */
      readonly note?: string;
    }
  | { readonly kind: 'refused'; readonly reason: string; readonly fix: string };

/** The UBL file of a document, by the profile that its buyer calls for. Pure. */
export function renderUbl(document: Document, settings: RenderSettings): UblResult {
  const wanted = profileFor(document, settings.profiles);
  const invoice = buildEInvoice(document, settings.seller, settings.language, wanted);
  const unmet = profileBreaches(invoice);
  if (unmet.length > 0 && settings.unmetProfile === 'refuse') {
    return refused(`${PROFILE_NAMES[wanted]} cannot be kept to`, unmet);
  }
  const met =
    unmet.length === 0
      ? invoice
      : buildEInvoice(document, settings.seller, settings.language, 'en16931');
  const breaches = preflight(met);
  if (breaches.length > 0) return refused('No correct UBL file can be made', breaches);
  return {
    kind: 'written',
    xml: writeXml(met),
    profile: met.profile,
    ...(unmet.length === 0
      ? {}
      : { note: `Written by EN 16931 instead of ${PROFILE_NAMES[wanted]}: ${told(unmet)}.` }),
  };
}

function profileFor(document: Document, rules: readonly ProfileRule[]): Profile {
  const rule = rules.find(
    ({ buyer, country }) =>
      (buyer === undefined || buyer === kindOfBuyer(document)) &&
      (country === undefined || country.includes(document.buyer.country)),
  );
  return rule?.profile ?? 'en16931';
}

function kindOfBuyer({ buyer }: Document): 'business' | 'consumer' {
  const isBusiness =
    buyer.vatNumber !== '' || buyer.registration !== undefined || buyer.endpoint !== undefined;
  return isBusiness ? 'business' : 'consumer';
}

function refused(what: string, breaches: readonly Breach[]): UblResult {
  const fixes = [...new Set(breaches.flatMap(({ fix }) => fix ?? []))];
  return {
    kind: 'refused',
    reason: `${what}: ${told(breaches)}`,
    fix: fixes.join(' ') || 'Make this one by hand, then mark it as booked.',
  };
}

function told(breaches: readonly Breach[]): string {
  return breaches.map(({ rule, message }) => `${message.replace(/\.$/, '')} (${rule})`).join('; ');
}
