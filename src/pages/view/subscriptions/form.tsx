import type { WishProblem } from '../../../outbound/check-wish.js';
import { EVENT_CATEGORIES, type EventType, eventsOf } from '../../../outbound/events.js';
import { SUBSCRIPTION_CATEGORIES } from '../../../outbound/subscription.js';
import type { PageContext } from '../../page.js';
import type { SubscriptionDraft } from '../../subscription-draft.js';
import { FormToken, Layout } from '../layout.js';
import { Told } from '../orders/cells.js';
import { type Trouble, TroubleNote } from './parts.js';

interface FormPageProps {
  readonly page: PageContext;
  readonly title: string;
  /** Where it is sent, and may be looked at again. */
  readonly path: string;
  readonly draft: SubscriptionDraft;
  readonly problems?: readonly WishProblem[];
  readonly trouble?: Trouble | undefined;
  /** By which the same form, sent again, is known. */
  readonly formKey?: string;
  readonly submit: string;
  readonly back: string;
}

/** To make or to change a subscription; what is wrong stands at its field, all of it. */
export function SubscriptionFormPage(props: FormPageProps) {
  const { page, title, path, draft, problems = [], trouble, formKey, submit, back } = props;
  const { common, subscriptions: words } = page.words;
  const field = { page, draft, problems };
  return (
    <Layout page={page} title={title} isStill>
      {trouble && <TroubleNote trouble={trouble} />}
      {problems.length > 0 && <TroubleNote trouble={{ text: words.problems(problems.length) }} />}
      <form class="fields" method="post" action={path}>
        <FormToken page={page} />
        {formKey !== undefined && <input type="hidden" name="key" value={formKey} />}
        <Url {...field} />
        <Description {...field} />
        <Category {...field} />
        <Events {...field} />
        <div class="actions">
          <button type="submit">{submit}</button>
          <a class="button second" href={back}>
            {common.cancel}
          </a>
        </div>
      </form>
    </Layout>
  );
}

interface FieldProps {
  readonly page: PageContext;
  readonly draft: SubscriptionDraft;
  readonly problems: readonly WishProblem[];
}

function Url({ page, draft, problems }: FieldProps) {
  const words = page.words.subscriptions;
  return (
    <div>
      <label for="url">{words.url}</label>
      {/* Not type=url: what is wrong with an address is told here, all at once. */}
      <input
        {...described('url', problems)}
        name="url"
        value={draft.url}
        inputMode="url"
        autocomplete="off"
        spellcheck={false}
        placeholder="https://"
        required
      />
      <Below of="url" help={words.urlHelp} problems={problems} />
    </div>
  );
}

function Description({ page, draft, problems }: FieldProps) {
  const words = page.words.subscriptions;
  return (
    <div>
      <label for="description">{words.description}</label>
      <input
        {...described('description', problems)}
        name="description"
        value={draft.description}
        autocomplete="off"
        dir="auto"
      />
      <Below of="description" help={words.descriptionHelp} problems={problems} />
    </div>
  );
}

function Category({ page, draft, problems }: FieldProps) {
  const words = page.words.subscriptions;
  return (
    <fieldset {...described('category', problems)}>
      <legend>{words.category}</legend>
      <div class="choices">
        {SUBSCRIPTION_CATEGORIES.map((each) => (
          <label key={each} class="choice">
            <input type="radio" name="category" value={each} checked={draft.category === each} />
            <span>
              {words.categories[each]} <small>{words.categoryHelp[each]}</small>
            </span>
          </label>
        ))}
      </div>
      <Below of="category" problems={problems} />
    </fieldset>
  );
}

function Events({ page, draft, problems }: FieldProps) {
  const words = page.words.subscriptions;
  return (
    <fieldset {...described('events', problems)}>
      <legend>{words.events}</legend>
      <Below of="events" help={words.eventsHelp} problems={problems} />
      {EVENT_CATEGORIES.map((category) => (
        <fieldset key={category}>
          <legend>{words.categories[category]}</legend>
          <div class="choices">
            {eventsOf(category).map((event) => {
              const isChosen = draft.events.includes(event);
              return <Event key={event} page={page} event={event} isChosen={isChosen} />;
            })}
          </div>
        </fieldset>
      ))}
    </fieldset>
  );
}

interface EventProps {
  readonly page: PageContext;
  readonly event: EventType;
  readonly isChosen: boolean;
}

function Event({ page, event, isChosen }: EventProps) {
  return (
    <label class="choice">
      <input type="checkbox" name="event" value={event} checked={isChosen} />
      <span>
        <code>{event}</code> <small>{page.words.subscriptions.eventAbout[event]}</small>
      </span>
    </label>
  );
}

type Field = WishProblem['field'];

/** A field, and what is said below it. */
function described(of: Field, problems: readonly WishProblem[]) {
  const isWrong = problems.some(({ field }) => field === of);
  return {
    id: of,
    'aria-describedby': `${of}-below`,
    ...(isWrong ? { 'aria-invalid': true } : {}),
  };
}

interface BelowProps {
  readonly of: Field;
  readonly help?: string;
  readonly problems: readonly WishProblem[];
}

function Below({ of, help, problems }: BelowProps) {
  const own = problems.filter(({ field }) => field === of);
  return (
    <div id={`${of}-below`} class="below">
      {own.map(({ message, fix }) => (
        <p key={message} class="problem">
          <Told text={message} /> <Told text={fix} kind="fix" />
        </p>
      ))}
      {help && <small>{help}</small>}
    </div>
  );
}
