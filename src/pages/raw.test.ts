import { describe, expect, it } from 'vitest';
import { recordedOrder } from '../../tests/support/recordings.js';
import { rawText } from './raw.js';

const shown = (value: unknown, more: { secrets?: string[]; maskPersonal?: boolean } = {}) =>
  rawText(typeof value === 'string' ? value : JSON.stringify(value), {
    secrets: more.secrets ?? [],
    maskPersonal: more.maskPersonal ?? false,
  });
const masked = (value: unknown) => shown(value, { maskPersonal: true });

describe('what a shop sent, as it is shown', () => {
  it('is whole and indented, but for secrets', () => {
    const order = { id: 7, order_key: 'wc_order_abc', total: '12.10', note: 'key is ck_live1' };
    expect(JSON.parse(shown(order, { secrets: ['ck_live1'] }))).toEqual({
      ...{ id: 7, order_key: '•••', total: '12.10' },
      note: expect.not.stringContaining('ck_live1'),
    });
  });

  it('has no value of a plugin whose name sounds like a secret, though the name itself', () => {
    const meta = { id: 1, key: '_gateway_api_token', value: 'tok_123456' };
    const [first] = JSON.parse(shown([meta]));
    expect(first.key).toBe('_gateway_api_token');
    expect(shown({ api_token: 'tok_123456' })).not.toContain('tok_123456');
  });

  it('that is no JSON is shown with its secrets taken out', () => {
    expect(shown('{"id": 7, ck_live1', { secrets: ['ck_live1'] })).toMatch(/^\{"id": 7, /);
    expect(shown('{"id": 7, ck_live1', { secrets: ['ck_live1'] })).not.toContain('ck_live1');
  });
});

describe('with personal data masked', () => {
  const order = {
    id: 7,
    total: '12.10',
    billing: {
      first_name: 'Annemarie',
      last_name: 'de Vries',
      address_1: 'Weg 12',
      city: 'Utrecht',
      country: 'NL',
      email: 'anne@example.org',
      phone: '',
    },
    customer_note: 'Please ring twice',
    meta_data: [
      { id: 1, key: '_billing_vat', value: 'NL123', display_key: 'VAT', display_value: 'NL123' },
      { id: 2, key: 'gift_text', value: 'For Annemarie, reply to someone@else.example' },
      { id: 3, key: 'phone', value: 31612345678 },
    ],
  };

  it('names, addresses, notes and what plugins keep of them are not there; the rest is', () => {
    expect(JSON.parse(masked(order))).toEqual({
      ...{ id: 7, total: '12.10', customer_note: '•••' },
      billing: {
        ...{ first_name: '•••', last_name: '•••', address_1: '•••', city: '•••' },
        ...{ country: 'NL', email: '•••', phone: '' },
      },
      meta_data: [
        { id: 1, key: '_billing_vat', value: '•••', display_key: '•••', display_value: '•••' },
        { id: 2, key: 'gift_text', value: 'For •••, reply to •••' },
        { id: 3, key: 'phone', value: '•••' },
      ],
    });
  });

  it('nor are they anywhere in a recorded order', () => {
    const recorded = recordedOrder('order-plain-nl21');
    const { last_name, address_1, email } = Object(recorded['billing']);
    const text = masked(recorded);
    for (const each of [last_name, address_1, email]) {
      expect(each.length).toBeGreaterThan(3);
      expect(text).not.toContain(each);
    }
    expect(text).toContain('"total"');
  });

  it('what cannot be read cannot be masked, and is not shown', () => {
    expect(masked('{"billing": {"email": "anne@example.org"')).toBe('•••');
  });
});
