import type { Seller } from '../../src/rendering/seller.js';
import type { RenderSettings } from '../../src/rendering/settings.js';

/** A Dutch seller with everything that any profile asks for; its account is the usual example. */
export const SELLER: Seller = {
  name: 'Voorbeeld BV',
  company: '',
  vatNumber: 'NL000000000B00',
  registration: { scheme: '0106', id: '12345678' },
  endpoint: { scheme: '0106', id: '12345678' },
  street: 'Voorbeeldstraat 1',
  street2: '',
  postcode: '1234 AB',
  city: 'Utrecht',
  state: '',
  country: 'NL',
  email: 'administratie@example.com',
  phone: '+31 30 123 45 67',
  website: 'https://shop.example.com',
  contact: 'Administratie',
  iban: 'NL91ABNA0417164300',
  bic: 'ABNANL2A',
  paymentDays: 14,
};

export const RENDER_SETTINGS: RenderSettings = {
  seller: SELLER,
  language: 'nl',
  timezone: 'Europe/Amsterdam',
  formats: ['pdf', 'ubl'],
  profiles: [],
  unmetProfile: 'en16931',
  fonts: [],
};
