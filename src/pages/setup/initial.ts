import { usualSince, usualTimezone } from '../../setup/answers.js';
import { lookAtOrders } from '../../setup/seen.js';
import { proposeStatuses, type StatusProposal } from '../../setup/statuses.js';
import { changedVat, proposeVat, type VatProposal, vatKeyOf } from '../../setup/vat.js';
import type { SetupDeps } from './deps.js';
import type { Draft } from './draft.js';
import { statusField, vatField } from './forms.js';

/** What stands in the forms before anything is typed: what was answered before, else what is proposed. */

type Given = SetupDeps['given'];

export function shopValues({ shop }: Draft, given: Given): URLSearchParams {
  return fieldsOf({
    url: shop?.site.url ?? given['url'] ?? '',
    ownUrl: shop?.own.ownUrl ?? given['ownUrl'] ?? '',
    allowPlainHttp: shop?.allowPlainHttp ?? given['allowPlainHttp'] === 'on',
    webhook:
      shop?.own.ownUrl === undefined
        ? given['webhook'] !== 'off'
        : shop.own.webhookUrl !== undefined,
  });
}

export function companyValues({ shop, keys, company }: Draft, given: Given, nowMs: number) {
  const { about, address } = keys?.survey ?? {};
  const timezone = usualTimezone(about?.timezone ?? shop?.site.timezone) ?? '';
  const { seller } = company ?? {};
  return fieldsOf({
    sellerName: seller?.name ?? given['sellerName'] ?? about?.name ?? '',
    country: seller?.country ?? given['country'] ?? address?.country ?? '',
    vatNumber: seller?.vatNumber ?? given['vatNumber'] ?? '',
    timezone: company?.timezone ?? given['timezone'] ?? timezone,
    since: company?.since ?? given['since'] ?? usualSince(nowMs, timezone || 'UTC'),
  });
}

/** What is proposed for what the shop tells; nothing before it told and before the company is known. */
export function proposalsOf({ keys, company }: Draft): {
  readonly statuses: readonly StatusProposal[];
  readonly vat: readonly VatProposal[];
} {
  if (!keys || !company) return { statuses: [], vat: [] };
  const seen = lookAtOrders(keys.survey.orders);
  return {
    statuses: proposeStatuses(keys.survey.about.statuses, seen.statuses),
    vat: proposeVat(keys.survey, seen, company.seller.country),
  };
}

export function rulesValues(draft: Draft): URLSearchParams {
  const { statuses, vat } = proposalsOf(draft);
  const values = new URLSearchParams(
    statuses.map(({ status, action }) => [
      statusField(status),
      draft.rules?.statuses.get(status) ?? action,
    ]),
  );
  for (const [index, proposal] of vat.entries()) {
    const change = draft.rules?.vat.get(vatKeyOf(proposal));
    const { isActive, fields } = changedVat(proposal, change);
    if (isActive) values.set(vatField(index, 'on'), 'on');
    for (const part of ['code', 'category', 'reason']) {
      values.set(vatField(index, part), fields[part] ?? '');
    }
  }
  return values;
}

export function booksValues({ books }: Draft, given: Given): URLSearchParams {
  const chosen = books?.books;
  const journal = chosen?.find((each) => each.type === 'journal');
  const email = chosen?.find((each) => each.type === 'email');
  const values = fieldsOf({
    flavour: journal?.flavour ?? given['flavour'] ?? 'hledger',
    mailFrom: email?.from ?? given['mailFrom'] ?? '',
    mailTo: email?.to ?? given['mailTo'] ?? '',
  });
  const types = chosen?.map(({ type }) => type) ?? (given['books'] ?? 'journal').split(',');
  for (const type of types) values.append('books', type.trim());
  return values;
}

/** True is a box that is ticked; false one that is not, which a form does not send. */
function fieldsOf(fields: Readonly<Record<string, string | boolean>>): URLSearchParams {
  return new URLSearchParams(
    Object.entries(fields).flatMap(([name, value]) =>
      value === false ? [] : [[name, value === true ? 'on' : value]],
    ),
  );
}
