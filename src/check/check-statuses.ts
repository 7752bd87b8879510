import type { StatusRules } from '../rules/settings.js';
import type { ShopAbout } from '../woocommerce/shop-client.js';
import { type CheckFinding, ok, warning } from './finding.js';

/** WooCommerce's own; a shop may have no order in one of them yet. */
const CORE_STATUSES = new Set(
  'pending processing on-hold completed cancelled refunded failed checkout-draft trash'.split(' '),
);

/** Which of the shop's statuses no rule names, and which named ones it does not have. */
export function checkStatuses(
  about: string,
  { rules }: StatusRules,
  statuses: ShopAbout['statuses'],
): CheckFinding[] {
  if (statuses.length === 0) {
    return [
      warning(
        about,
        'it does not tell which statuses it has, so they cannot be compared with the rules',
        'Give the key’s user the role of shop manager, if you want this checked.',
      ),
    ];
  }
  if (rules.some(({ when }) => when.status === undefined)) {
    return [ok(about, 'its statuses are covered: a rule takes any status')];
  }
  const named = new Set(rules.flatMap(({ when }) => when.status ?? []));
  const known = new Set(statuses.map(({ slug }) => slug));
  const unnamed = statuses.filter(({ slug, total }) => !named.has(slug) && total > 0);
  const missing = [...named].filter((slug) => !known.has(slug) && !CORE_STATUSES.has(slug));
  return [
    ...unnamed.map(({ slug, total }) =>
      warning(
        about,
        `no rule names the status "${slug}" (${total === 1 ? '1 order' : `${total} orders`}); such orders wait`,
        'If they are to be booked, add it under statuses: forward; if never, under ignore.',
      ),
    ),
    ...missing.map((slug) =>
      warning(
        about,
        `a rule names the status "${slug}", which the shop does not have`,
        'Correct its name under statuses:, or take it out.',
      ),
    ),
    ...(unnamed.length + missing.length === 0
      ? [ok(about, 'each of its statuses is named by a rule')]
      : []),
  ];
}
