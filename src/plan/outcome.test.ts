import { describe, expect, it } from 'vitest';
import { DEFAULT_RULES } from '../../tests/support/intake.js';
import { line, order } from '../../tests/support/orders.js';
import { DOCUMENT_SETTINGS } from '../../tests/support/settings.js';
import { outcomeOf, type PlanSetup } from './outcome.js';

const SETUP: PlanSetup = {
  since: '2026-01-01T00:00:00.000Z',
  rules: DEFAULT_RULES,
  documents: DOCUMENT_SETTINGS,
};
const PAID = order([line('16.49', { '1': '3.46' })]);

describe('where an order would end', () => {
  it('is told with the rule, its line, and what its document would say', () => {
    expect(outcomeOf(PAID, null, SETUP)).toEqual({
      ...{ state: 'forwarded', rule: 'statuses.forward', line: 12 },
      reason: expect.any(String),
      document: '2026-11-02, 19.95 EUR; NL21 S 21 % on 16.49',
    });
  });

  it.each([
    ['on-hold', 'parked'],
    ['cancelled', 'ignored'],
  ] as const)('follows its status: %s is %s, and has no document', (status, state) => {
    const outcome = outcomeOf({ ...PAID, status }, null, SETUP);
    expect(outcome).toMatchObject({ state });
    expect(outcome.document).toBeUndefined();
  });

  it('is blocked where no document can be made, and says what would release it', () => {
    const unmapped = { ...SETUP, documents: { ...DOCUMENT_SETTINGS, vat: [] } };
    expect(outcomeOf(PAID, null, unmapped)).toMatchObject({
      state: 'blocked',
      reason: expect.stringMatching(/vat/),
    });
    const numbering = { from: 'meta', key: '_number' } as const;
    const unnumbered = { ...SETUP, documents: { ...DOCUMENT_SETTINGS, numbering } };
    expect(outcomeOf(PAID, null, unnumbered)).toMatchObject({
      state: 'blocked',
      reason: expect.stringContaining('_number'),
    });
  });

  it('before `since` it is left out, and a person’s decision stands above all', () => {
    const later = { ...SETUP, since: '2027-01-01T00:00:00.000Z' };
    expect(outcomeOf(PAID, null, later)).toMatchObject({ state: 'ignored', rule: 'since' });
    expect(outcomeOf(PAID, 'forward', later)).toMatchObject({ state: 'forwarded' });
    expect(outcomeOf(PAID, 'ignore', SETUP)).toMatchObject({ state: 'ignored', rule: 'decision' });
  });

  it('of nothing at all is what the config says of a zero total', () => {
    const free = order([line('0.00', { '1': '0.00' })]);
    const ignoring = {
      ...SETUP,
      documents: { ...DOCUMENT_SETTINGS, zeroTotal: 'ignore' as const },
    };
    expect(outcomeOf(free, null, ignoring)).toMatchObject({ state: 'ignored' });
    expect(outcomeOf(free, null, SETUP)).toMatchObject({ state: 'forwarded' });
  });
});
