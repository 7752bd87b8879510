import { describe, expect, it } from 'vitest';
import { line, order } from '../../tests/support/orders.js';
import { judge } from './judge.js';
import type { RuleConditions, StatusRule } from './settings.js';

const SALE = order([line('16.49', { '1': '3.46' })]);

function rule(action: StatusRule['action'], when: RuleConditions, at?: number): StatusRule {
  return { action, name: `rule ${action}`, ...(at === undefined ? {} : { line: at }), when };
}

describe('the status rules', () => {
  it('park a status that no rule names, a plugin status included', () => {
    const verdict = judge({ ...SALE, status: 'partly-shipped' }, { rules: [] });
    expect(verdict).toMatchObject({ action: 'park', rule: 'statuses: not named' });
    expect(verdict.reason).toContain('"partly-shipped"');
  });

  it('let the first match decide, and name it with its line', () => {
    const rules = [
      rule('park', { status: ['processing'], paymentMethod: ['cod'] }, 4),
      rule('forward', { status: ['processing'] }, 5),
    ];
    expect(judge(SALE, { rules })).toMatchObject({ action: 'forward', line: 5 });
    expect(judge({ ...SALE, paymentMethod: 'cod' }, { rules })).toMatchObject({
      action: 'park',
      line: 4,
      reason:
        'Status is "processing" and its payment method is as the rule asks, so the order waits.',
    });
  });

  it.each<[string, RuleConditions, boolean]>([
    ['country of delivery', { country: ['NL'] }, true],
    ['another country', { country: ['BE', 'DE'] }, false],
    ['currency', { currency: ['USD'] }, false],
    ['origin', { createdVia: ['checkout'] }, true],
    ['total at least, inclusive', { totalAtLeast: '19.95' }, true],
    ['total at least, missed by a cent', { totalAtLeast: '19.96' }, false],
    ['total below, exclusive', { totalBelow: '19.95' }, false],
    ['meta present', { meta: { _po: true } }, true],
    ['meta absent', { meta: { _po: false } }, false],
    ['meta of that value', { meta: { _po: '12' } }, true],
    ['meta of another value', { meta: { _po: '13' } }, false],
    ['all of several', { country: ['NL'], currency: ['EUR'], status: ['processing'] }, true],
    ['all but one of several', { country: ['NL'], currency: ['USD'] }, false],
    ['nothing: matches all', {}, true],
  ])('condition: %s', (_, when, matches) => {
    const sale = { ...SALE, meta: [{ key: '_po', value: 12 }] };
    const verdict = judge(sale, { rules: [rule('ignore', when)] });
    expect(verdict.action).toBe(matches ? 'ignore' : 'park');
  });

  it('take the country of billing where delivery names none', () => {
    const shipping = { ...SALE.shipping, country: '' };
    const billing = { ...SALE.billing, country: 'BE' };
    const rules = [rule('forward', { country: ['BE'] })];
    expect(judge({ ...SALE, shipping, billing }, { rules }).action).toBe('forward');
  });
});
