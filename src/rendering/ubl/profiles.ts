import type { Profile } from '../settings.js';

/** BT-24 and BT-23 of each profile, as its specification fixes them. */
export const PROFILE_IDS: Readonly<
  Record<Profile, { readonly customization: string; readonly process?: string }>
> = {
  en16931: { customization: 'urn:cen.eu:en16931:2017' },
  nlcius: {
    customization: 'urn:cen.eu:en16931:2017#compliant#urn:fdc:nen.nl:nlcius:v1.0',
    process: 'urn:fdc:peppol.eu:2017:poacc:billing:01:1.0',
  },
  xrechnung: {
    customization: 'urn:cen.eu:en16931:2017#compliant#urn:xeinkauf.de:kosit:xrechnung_3.0',
    process: 'urn:fdc:peppol.eu:2017:poacc:billing:01:1.0',
  },
  peppol: {
    customization: 'urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0',
    process: 'urn:fdc:peppol.eu:2017:poacc:billing:01:1.0',
  },
};

/** What the profiles are called, in messages. */
export const PROFILE_NAMES: Readonly<Record<Profile, string>> = {
  en16931: 'EN 16931',
  nlcius: 'NLCIUS (SI-UBL 2.0)',
  xrechnung: 'XRechnung 3.0',
  peppol: 'Peppol BIS Billing 3.0',
};
