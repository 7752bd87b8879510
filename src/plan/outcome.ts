import type { Draft } from '../documents/draft.js';
import { draftInvoice } from '../documents/invoice.js';
import { planNumber } from '../documents/numbering.js';
import type { DocumentSettings } from '../documents/settings.js';
import { formatMinor } from '../orders/money.js';
import type { Order } from '../orders/order.js';
import type { Instant } from '../orders/time.js';
import { judge } from '../rules/judge.js';
import type { StatusRules } from '../rules/settings.js';

/** What one config says of a shop's orders. */
export interface PlanSetup {
  readonly since: Instant;
  readonly rules: StatusRules;
  readonly documents: DocumentSettings;
}

/** Where an order would end if it were new, and why. */
export interface Outcome {
  readonly state: 'forwarded' | 'parked' | 'ignored' | 'blocked';
  readonly rule: string;
  readonly line?: number;
  readonly reason: string;
  /** What its document would say: date, total, VAT by treatment; absent: none would be made. */
  readonly document?: string;
}

/**
 * Judges an order as intake does one that it has never seen, and drafts its document, which is then
 * thrown away. `decision` is a person's, and stands above both configs. Pure.
 */
export function outcomeOf(
  order: Order,
  decision: 'forward' | 'ignore' | null,
  { since, rules, documents }: PlanSetup,
): Outcome {
  if (decision === 'ignore') {
    return { state: 'ignored', rule: 'decision', reason: 'A person decided to leave it out.' };
  }
  const isDecided = decision === 'forward';
  if (!isDecided && order.createdAt < since) {
    const reason = `It was created on ${order.createdAt.slice(0, 10)}, before the shop's \`since\`.`;
    return { state: 'ignored', rule: 'since', reason };
  }
  const verdict = isDecided
    ? { action: decision, rule: 'decision', reason: 'A person decided to book it.' }
    : judge(order, rules);
  const by = {
    rule: verdict.rule,
    reason: verdict.reason,
    ...('line' in verdict && verdict.line !== undefined ? { line: verdict.line } : {}),
  };
  switch (verdict.action) {
    case 'park':
      return { state: 'parked', ...by };
    case 'ignore':
      return { state: 'ignored', ...by };
    case 'forward':
      return { ...by, ...booked(order, documents) };
  }
}

function booked(
  order: Order,
  settings: DocumentSettings,
): Pick<Outcome, 'state' | 'document'> & { reason?: string } {
  const drafted = draftInvoice(order, settings);
  switch (drafted.kind) {
    case 'none':
      return { state: 'ignored', reason: drafted.reason };
    case 'blocked':
      return { state: 'blocked', reason: `${drafted.reason} ${drafted.fix}` };
    case 'draft': {
      const plan = planNumber(drafted.draft, order, [], settings);
      if (plan.kind === 'blocked') {
        return { state: 'blocked', reason: `${plan.reason} ${plan.fix}` };
      }
      return { state: 'forwarded', document: documentText(drafted.draft) };
    }
  }
}

/** `2026-11-20, 121.00 EUR; NL21 21 % on 100.00`. */
function documentText({ date, currency, minorUnits, grossMinor, taxes }: Draft): string {
  const amount = (minor: number) => formatMinor(minor, minorUnits);
  const rates = taxes.map(
    ({ vat, baseMinor }) => `${vat.code} ${vat.category} ${vat.percent} % on ${amount(baseMinor)}`,
  );
  return [`${date}, ${amount(grossMinor)} ${currency}`, ...rates].join('; ');
}
