import { deliveryCountryOf } from '../orders/country.js';
import { metaMatches } from '../orders/meta.js';
import { parseMinor } from '../orders/money.js';
import type { Order } from '../orders/order.js';
import type { Verdict } from '../orders/states.js';
import type { RuleConditions, StatusRule, StatusRules } from './settings.js';

/** What the owner's rules say of an order: the first rule that matches, or park. */
export function judge(order: Order, { rules }: StatusRules): Verdict {
  const rule = rules.find((candidate) => matches(order, candidate.when));
  if (!rule) {
    return {
      action: 'park',
      rule: 'statuses: not named',
      reason: `Status "${order.status}" is not named by any rule, so the order waits.`,
    };
  }
  return {
    action: rule.action,
    rule: rule.name,
    ...(rule.line === undefined ? {} : { line: rule.line }),
    reason: reasonFor(order, rule),
  };
}

function matches(order: Order, when: RuleConditions): boolean {
  return (
    isOneOf(order.status, when.status) &&
    isOneOf(order.paymentMethod, when.paymentMethod) &&
    isOneOf(deliveryCountryOf(order), when.country) &&
    isOneOf(order.currency, when.currency) &&
    isOneOf(order.createdVia, when.createdVia) &&
    (when.totalAtLeast === undefined ||
      order.grossMinor >= parseMinor(when.totalAtLeast, order.minorUnits)) &&
    (when.totalBelow === undefined ||
      order.grossMinor < parseMinor(when.totalBelow, order.minorUnits)) &&
    (when.meta === undefined || metaMatches(order.meta, when.meta))
  );
}

function isOneOf(value: string, wanted: readonly string[] | undefined): boolean {
  return wanted === undefined || wanted.includes(value);
}

const EFFECTS: Readonly<Record<StatusRule['action'], string>> = {
  forward: 'is booked',
  park: 'waits',
  ignore: 'is left out',
};

function reasonFor(order: Order, rule: StatusRule): string {
  const beyondStatus = Object.keys(rule.when).filter((key) => key !== 'status');
  const also = beyondStatus.length === 0 ? '' : ` and its ${listed(beyondStatus)} as the rule asks`;
  return `Status is "${order.status}"${also}, so the order ${EFFECTS[rule.action]}.`;
}

const CONDITION_WORDS: Readonly<Record<string, string>> = {
  paymentMethod: 'payment method',
  createdVia: 'origin',
  totalAtLeast: 'total',
  totalBelow: 'total',
  meta: 'meta data',
};

function listed(conditions: readonly string[]): string {
  const words = [...new Set(conditions.map((key) => CONDITION_WORDS[key] ?? key))];
  const last = words.pop() ?? '';
  const verb = words.length === 0 && last !== 'meta data' ? 'is' : 'are';
  return `${words.length === 0 ? last : `${words.join(', ')} and ${last}`} ${verb}`;
}
