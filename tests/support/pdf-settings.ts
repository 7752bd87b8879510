import type { PdfSettings } from '../../src/rendering/pdf/writer.js';
import type { Seller } from '../../src/rendering/seller.js';
import { documentOf } from './documents.js';

/** Who sells in the tests of what is rendered; all that can be named is. */
export const SELLER: Seller = {
  name: '',
  company: 'Voorbeeld & Zonen B.V.',
  vatNumber: 'NL000000000B00',
  street: 'Keizersgracht 123',
  street2: '',
  postcode: '1015 CJ',
  city: 'Amsterdam',
  state: '',
  country: 'NL',
  email: 'info@voorbeeld.example',
  registration: { scheme: '0106', id: '12345678' },
  contact: '',
  phone: '+31 20 123 45 67',
  website: 'www.voorbeeld.example',
  iban: 'NL91ABNA0417164300',
  bic: 'ABNANL2A',
  paymentDays: 14,
};

export const PDF_SETTINGS: PdfSettings = {
  seller: SELLER,
  language: 'nl',
  fonts: [],
  timezone: 'Europe/Amsterdam',
};

/** Rendered in two processes and compared; `ffi` and `fi` are drawn as ligatures. */
export const DIGESTED = {
  document: documentOf({
    lines: [{ name: 'Koffiefilter', netMinor: 1000, rates: ['NL21'] }],
    taxes: { NL21: 210 },
    method: '',
  }),
  attachment: { name: 'factuur.xml', content: Buffer.from('<Invoice/>') },
} as const;
