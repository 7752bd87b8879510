import type { Address } from './order-model.js';
import type { Random } from './random.js';

type Name = readonly [first: string, last: string];

const NAMES: readonly Name[] = [
  ['Jan', 'de Vries'],
  ['Zoë', "O'Brien & Søn 🚲"],
  ['Σοφία', 'Παπαδοπούλου'],
  ['Иван', 'Петров'],
  ['محمد', 'الهاشمي'],
  ['花子', '山田'],
  ['Łukasz', 'Żółć'],
  ['Fatma', 'Yıldız'],
  ['<b>Bart</b>', '<script>alert(1)</script>'],
  ['Anne-Sophie', 'van den Berg-“Ñandú”'],
  ['दीपा', 'शर्मा'],
  ['Kim', '김민수'],
];

const CITIES: Readonly<Record<string, readonly [city: string, postcode: string, state: string]>> = {
  NL: ['Amsterdam', '1015CJ', ''],
  DE: ['Köln', '50667', ''],
  BE: ['Antwerpen', '2000', ''],
  FR: ['Lyon', '69001', ''],
  CA: ['Québec', 'G1R 4P5', 'QC'],
  US: ['New York', '10001', 'NY'],
  CH: ['Zürich', '8001', 'ZH'],
  JP: ['東京', '100-0001', 'JP13'],
  KW: ['الكويت', '13001', ''],
  GB: ['Belfast', 'BT1 5GS', ''],
};

/** A made-up buyer in that country; nobody real. */
export function person(random: Random, country: string, company = ''): Required<Address> {
  const [first, last] = random.pick(NAMES);
  const [city, postcode, state] = CITIES[country] ?? ['', '', ''];
  return {
    first_name: first,
    last_name: last,
    company,
    address_1: `Straße "${random.between(1, 200)}"`,
    address_2: '',
    city,
    state,
    postcode,
    country,
    email: `klant${random.between(1_000_000, 9_999_999)}@example.org`,
    phone: '+31201234567',
  };
}
