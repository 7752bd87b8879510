import { expect, test } from 'vitest';
import { emailSettings } from '../../../../tests/support/email.js';
import { recipientsOf } from './recipients.js';

const ALL = {
  to: ['all'],
  creditNotesTo: ['notes'],
  byShop: { own: { to: ['own'] }, both: { to: ['own'], creditNotesTo: ['own-notes'] }, none: {} },
};

test.each([
  ['other', 'invoice', ['all']],
  ['other', 'credit-note', ['notes']],
  ['own', 'invoice', ['own']],
  ['own', 'credit-note', ['own']],
  ['both', 'credit-note', ['own-notes']],
  ['none', 'invoice', ['all']],
  ['none', 'credit-note', ['notes']],
  ['toString', 'invoice', ['all']],
] as const)('of shop %s, the %s goes to %j', (shop, kind, expected) => {
  const settings = emailSettings({ smtp: 'smtp://localhost', ...ALL });
  expect(recipientsOf(settings, { shop, kind })).toEqual(expected);
});

test('credit notes go where invoices go unless something else is said', () => {
  const settings = emailSettings({ smtp: 'smtp://localhost' });
  expect(recipientsOf(settings, { shop: 'main', kind: 'credit-note' })).toEqual(settings.to);
});
