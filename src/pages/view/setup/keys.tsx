import type { PageContext } from '../../page.js';
import type { PendingKey } from '../../setup/deps.js';
import type { ShopPart } from '../../setup/draft.js';
import { APPROVE_PATH, APPROVED_PATH, pathOf, type Step } from '../../setup/steps.js';
import { Field } from './field.js';
import { Frame, StepForm, TroubleNote } from './frame.js';
import type { Shown } from './shop.js';

interface KeysProps {
  readonly page: PageContext;
  readonly reached: Step;
  readonly shown: Shown;
  readonly shop: ShopPart;
  /** A key that is waited for. */
  readonly pending: PendingKey | undefined;
  /** Somebody looked whether it is there. */
  readonly isLookedFor: boolean;
}

export function KeysStep(props: KeysProps) {
  const { page, reached, shown, shop } = props;
  const words = page.words.setup.keys;
  const { site, asked } = shop;
  return (
    <Frame page={page} step="keys" reached={reached}>
      <div class="note good">
        {words.found(site.name ?? '', site.url)} {site.url !== asked && words.moved(asked)}{' '}
        {!site.isOpen && words.closed}
      </div>
      <TroubleNote page={page} trouble={shown.trouble} />
      {shop.own.ownUrl !== undefined && <Approval {...props} ownUrl={shop.own.ownUrl} />}
      <Pasting {...props} />
    </Frame>
  );
}

function Approval({ page, pending, isLookedFor, ownUrl }: KeysProps & { readonly ownUrl: string }) {
  const words = page.words.setup.keys;
  const state = pending?.state().kind;
  return (
    <section>
      <h2>{words.approve}</h2>
      <p>{words.approveLead}</p>
      {(state === 'denied' || state === 'late') && (
        <p class="note bad" role="alert">
          {words[state]}
        </p>
      )}
      {pending !== undefined && state === 'waiting' ? (
        <>
          <p>
            <a class="button" href={pending.page} target="_blank" rel="noopener noreferrer">
              {words.approvePage}
            </a>
          </p>
          <p class="quiet-text break">{words.approveWait(pending.listensAt, ownUrl)}</p>
          {isLookedFor && (
            <p class="note warn" role="status">
              {words.notYet}
            </p>
          )}
          <StepForm page={page} action={APPROVED_PATH} label={words.approved} style="second" />
        </>
      ) : (
        <StepForm page={page} action={APPROVE_PATH} label={words.approveStart} />
      )}
    </section>
  );
}

/** Where WooCommerce has its keys. */
const KEYS_PAGE = '/wp-admin/admin.php?page=wc-settings&tab=advanced&section=keys';

function Pasting({ page, shop, shown: { problems } }: KeysProps) {
  const words = page.words.setup.keys;
  const scope = shop.own.webhookUrl === undefined ? 'read' : 'read_write';
  const secret = { page, value: '', isSecret: true, isNeeded: true };
  return (
    <section>
      <h2>{words.paste}</h2>
      <p>{words.pasteLead(words.permissions[scope])}</p>
      <p>
        <a href={`${shop.site.url}${KEYS_PAGE}`} target="_blank" rel="noopener noreferrer">
          {words.makeOne}
        </a>
      </p>
      <StepForm page={page} action={pathOf('keys')}>
        <Field
          {...{ ...secret, name: 'consumerKey', label: words.key }}
          problem={problems['consumerKey']}
        />
        <Field
          {...{ ...secret, name: 'consumerSecret', label: words.secret }}
          problem={problems['consumerSecret']}
          help={words.hidden}
        />
      </StepForm>
    </section>
  );
}
