import type { EmailSettings } from '../../src/export/destinations/email/settings.js';

/** Books that mail each document to one accountant. */
export function emailSettings(
  part: Partial<EmailSettings> & Pick<EmailSettings, 'smtp'>,
): EmailSettings {
  return {
    id: 'books',
    from: 'Voorbeeld BV <invoices@shop.example>',
    to: ['accountant@books.example'],
    byShop: {},
    language: 'en',
    zone: 'Europe/Amsterdam',
    largestMegabytes: 20,
    whenUncertain: 'wait',
    ...part,
  };
}
